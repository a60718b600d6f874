// Field numbers of ModelProto, GraphProto, ValueInfoProto, TypeProto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const GRAPH = 7;
const OUTPUT = 12;
const NAME = 1;
const TYPE = 2;
const TENSOR_TYPE = 1;
const FLOAT_ELEMENTS = [8, 1];

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) + 128);
  }
}

const message = (number: number, content: readonly number[]): number[] => [
  ...varint(8 * number + 2),
  ...varint(content.length),
  ...content,
];

/**
 * The same network with one more output: a tensor that it computes inside.
 *
 * @param onnx bytes of an ONNX file; not modified
 * @param tensor name of a float32 tensor of the graph
 * @returns what follows the file's bytes is a second graph with nothing but the output, which readers merge with the
 *   first: https://protobuf.dev/programming-guides/encoding/#last-one-wins
 */
export function withOutput(onnx: Uint8Array, tensor: string): Uint8Array {
  const type = message(TYPE, message(TENSOR_TYPE, FLOAT_ELEMENTS));
  const name = message(NAME, [...new TextEncoder().encode(tensor)]);
  const addition = message(GRAPH, message(OUTPUT, [...name, ...type]));
  const changed = new Uint8Array(onnx.length + addition.length);
  changed.set(onnx);
  changed.set(addition, onnx.length);
  return changed;
}
