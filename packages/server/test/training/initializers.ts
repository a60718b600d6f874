// Numbers of fields of ModelProto, GraphProto and TensorProto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const [graph, initializer, dimension, name, rawData] = [7, 5, 1, 8, 9];

interface Field {
  readonly field: number;
  readonly value: number;
  readonly bytes: Buffer;
}

/** The fields of a protobuf message that are whole numbers, or have a length. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let position = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message[position++];
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (position < message.length) {
    const tag = number();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 1 || wire === 5) {
      position += wire === 1 ? 8 : 4;
      continue;
    }
    const value = number();
    const end = wire === 2 ? position + value : position;
    yield { field, value, bytes: message.subarray(position, end) };
    position = end;
  }
}

const partsOf = (messages: readonly Buffer[], wanted: number): Buffer[] =>
  messages.flatMap((message) =>
    [...fieldsOf(message)].filter(({ field }) => field === wanted).map(({ bytes }) => bytes),
  );

/** A tensor of weights. */
export interface Initializer {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The initializers of an ONNX file, all of them float32 with raw data, by their names. */
export function initializersOf(onnx: Uint8Array): Map<string, Initializer> {
  const tensors = partsOf(partsOf([Buffer.from(onnx)], graph), initializer);
  return new Map(
    tensors.map((tensor) => {
      const shape = [...fieldsOf(tensor)]
        .filter(({ field }) => field === dimension)
        .map(({ value }) => value);
      const raw = new Uint8Array(partsOf([tensor], rawData)[0]);
      return [String(partsOf([tensor], name)[0]), { shape, values: new Float32Array(raw.buffer) }];
    }),
  );
}
