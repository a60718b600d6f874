import { normal, seededRandom } from "./random";

// Field numbers of ModelProto, GraphProto and TensorProto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const GRAPH = 7;
const INITIALIZER = 5;
const DIMENSION = 1;
const DATA_TYPE = 2;
const RAW_DATA = 9;
const FLOAT = 1;

/** A field of a protobuf message: its number, and its value or where its bytes lie. */
interface Field {
  readonly number: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

const broken = (): RangeError =>
  new RangeError("Cannot read the weights: the file must be ONNX, got another");

function varint(bytes: Uint8Array, position: number): [value: number, after: number] {
  let value = 0;
  for (let index = 0; index < 10 && position + index < bytes.length; index++) {
    const byte = bytes[position + index];
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return [value, position + index + 1];
  }
  throw broken();
}

function* fieldsOf(bytes: Uint8Array, start: number, end: number): Generator<Field> {
  for (let position = start; position < end; ) {
    const [tag, afterTag] = varint(bytes, position);
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 1 || wire === 5) {
      position = afterTag + (wire === 1 ? 8 : 4);
      continue;
    }
    if (wire !== 0 && wire !== 2) throw broken();
    const [value, after] = varint(bytes, afterTag);
    position = wire === 0 ? after : after + value;
    if (position > end) throw broken();
    yield { number, value, start: after, end: position };
  }
}

/** A tensor of weights in an ONNX file. */
interface Weights {
  readonly shape: readonly number[];
  /** Where they lie in the file. */
  readonly bytes: Uint8Array;
}

/** The tensors of weights in an ONNX file, in its order. */
function tensorsOf(onnx: Uint8Array): Weights[] {
  const found: Weights[] = [];
  for (const graph of fieldsOf(onnx, 0, onnx.length)) {
    if (graph.number !== GRAPH) continue;
    for (const tensor of fieldsOf(onnx, graph.start, graph.end)) {
      if (tensor.number !== INITIALIZER) continue;
      const fields = [...fieldsOf(onnx, tensor.start, tensor.end)];
      const isFloat = fields.some(({ number, value }) => number === DATA_TYPE && value === FLOAT);
      const raw = fields.find(({ number }) => number === RAW_DATA);
      const shape = fields.filter(({ number }) => number === DIMENSION).map(({ value }) => value);
      if (isFloat && raw !== undefined) found.push({ shape, bytes: onnx.subarray(raw.start, raw.end) });
    }
  }
  return found;
}

/**
 * All weights of a network, one after the other: what its gradient's graph takes.
 *
 * @param onnx bytes of an ONNX file whose weights are float32 initializers with raw data
 * @returns a copy
 * @throws {RangeError} if the bytes are not ONNX
 */
export function weightsOf(onnx: Uint8Array): Float32Array {
  const parts = tensorsOf(onnx).map((tensor) => tensor.bytes);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return new Float32Array(bytes.buffer);
}

/**
 * The same network with other weights.
 *
 * @param onnx not modified
 * @param weights as many as `weightsOf` gives
 * @throws {RangeError} if there are more or fewer
 */
export function withWeights(onnx: Uint8Array, weights: Float32Array): Uint8Array {
  const changed = onnx.slice();
  const places = tensorsOf(changed).map((tensor) => tensor.bytes);
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  const size = places.reduce((sum, { length }) => sum + length, 0);
  if (size !== bytes.length) {
    throw new RangeError(
      `Cannot change the weights: there must be the network's ${size / 4}, got ${weights.length}`,
    );
  }
  let position = 0;
  for (const place of places) {
    place.set(bytes.subarray(position, position + place.length));
    position += place.length;
  }
  return changed;
}

/**
 * Random weights for a network, to train it from scratch: normal, of a deviation that keeps the size of what comes
 * through a ReLU (He et al., ICCV 2015); biases are 0.
 */
export function randomWeights(onnx: Uint8Array, seed: number): Float32Array {
  const value = normal(seededRandom(seed));
  const parts = tensorsOf(onnx).map(({ shape: [outputs, ...inputs], bytes }) => {
    const length = bytes.length / 4;
    const deviation = inputs.length === 0 ? 0 : Math.sqrt((2 * outputs) / length);
    return Float32Array.from({ length }, () => deviation * value());
  });
  const weights = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    weights.set(part, position);
    position += part.length;
  }
  return weights;
}
