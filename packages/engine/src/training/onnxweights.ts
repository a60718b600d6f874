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

const notOnnx = (): RangeError =>
  new RangeError("Cannot read the weights: the file must be ONNX, got another");

const notRaw = (): RangeError =>
  new RangeError("Cannot read the weights: they must be raw float32 numbers in the file, got others");

function varint(bytes: Uint8Array, position: number): [value: number, after: number] {
  let value = 0;
  for (let index = 0; index < 10 && position + index < bytes.length; index++) {
    const byte = bytes[position + index];
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return [value, position + index + 1];
  }
  throw notOnnx();
}

function* fieldsOf(bytes: Uint8Array, start: number, end: number): Generator<Field> {
  for (let position = start; position < end; ) {
    const [tag, afterTag] = varint(bytes, position);
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    const fixed = { 1: 8, 5: 4 }[wire];
    if (fixed === undefined && wire !== 0 && wire !== 2) throw notOnnx();
    const [value, first] = fixed === undefined ? varint(bytes, afterTag) : [fixed, afterTag];
    position = wire === 0 ? first : first + value;
    if (position > end) throw notOnnx();
    yield { number, value, start: first, end: position };
  }
}

/** A tensor of weights in an ONNX file. */
interface Weights {
  readonly shape: readonly number[];
  /** Where they lie in the file. */
  readonly bytes: Uint8Array;
}

/** The weights that an initializer holds; undefined if it is of other numbers, such as a shape. */
function weightsAt(onnx: Uint8Array, { start, end }: Field): Weights | undefined {
  const fields = [...fieldsOf(onnx, start, end)];
  if (!fields.some(({ number, value }) => number === DATA_TYPE && value === FLOAT)) return undefined;
  const shape = fields.filter(({ number }) => number === DIMENSION).map(({ value }) => value);
  const raw = fields.find(({ number }) => number === RAW_DATA);
  const size = shape.reduce((product, length) => product * length, 4);
  if (raw === undefined || raw.end - raw.start !== size) throw notRaw();
  return { shape, bytes: onnx.subarray(raw.start, raw.end) };
}

/** The tensors of weights in an ONNX file, in its order. */
function tensorsOf(onnx: Uint8Array): Weights[] {
  const graph = [...fieldsOf(onnx, 0, onnx.length)].find(({ number }) => number === GRAPH);
  if (graph === undefined) throw notOnnx();
  return [...fieldsOf(onnx, graph.start, graph.end)]
    .filter(({ number }) => number === INITIALIZER)
    .map((initializer) => weightsAt(onnx, initializer))
    .filter((weights) => weights !== undefined);
}

/**
 * All weights of a network, one after the other: what its gradient's graph takes.
 *
 * @param onnx bytes of an ONNX file whose float32 initializers have raw data, as PyTorch writes it
 * @returns a copy
 * @throws {RangeError} if the bytes are not ONNX, or weights are stored in another way
 * @example
 * const state = newAdamState(weightsOf(readFileSync(bundledPath("cellpose"))));
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
 * @param onnx as for `weightsOf`; not modified
 * @param weights as many as `weightsOf` gives
 * @returns bytes of an ONNX file
 * @throws {RangeError} if there are more or fewer, or as `weightsOf`
 * @example
 * writeFileSync("trained.onnx", withWeights(readFileSync(bundledPath("cellpose")), state.average));
 */
export function withWeights(onnx: Uint8Array, weights: Float32Array): Uint8Array {
  const changed = onnx.slice();
  const places = tensorsOf(changed).map((tensor) => tensor.bytes);
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
  const size = places.reduce((sum, { length }) => sum + length, 0);
  if (size !== bytes.length) {
    throw new RangeError(
      `Cannot change the weights: they must be as many as the network has, ${size / 4}, got ${weights.length}`,
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
 *
 * @param onnx as for `weightsOf`; not modified
 * @param seed a whole number; the same seed gives the same weights
 * @returns as many as `weightsOf` gives
 * @throws {RangeError} as `weightsOf`
 * @example
 * const state = newAdamState(randomWeights(readFileSync(bundledPath("cellpose")), 0));
 */
export function randomWeights(onnx: Uint8Array, seed: number): Float32Array {
  const value = normal(seededRandom(seed));
  const weights = new Float32Array(weightsOf(onnx).length);
  let position = 0;
  for (const { shape, bytes } of tensorsOf(onnx)) {
    const [outputs, ...inputs] = shape;
    const part = weights.subarray(position, position + bytes.length / 4);
    const deviation = Math.sqrt((2 * outputs) / part.length);
    if (inputs.length > 0)
      for (let index = 0; index < part.length; index++) part[index] = deviation * value();
    position += part.length;
  }
  return weights;
}
