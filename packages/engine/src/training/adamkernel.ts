import { assembly } from "@bioengine/ndarray";

const { assemble, constant, f32x4, get, i32, loop, repeatIf, set, v128, withMemory } = assembly;
type Code = assembly.Code;

/** What all weights of an update have in common. */
export interface Coefficients {
  /** Of the gradient. */
  readonly scale: number;
  readonly firstDecay: number;
  readonly firstShare: number;
  readonly secondDecay: number;
  readonly secondShare: number;
  /** Moving averages of a squared gradient below it become 0, and those of the gradient with them. */
  readonly smallest: number;
  readonly rate: number;
  /** Of the root of the second moving average. */
  readonly correction: number;
  readonly epsilon: number;
  readonly averageShare: number;
}

/** What an update reads and, but for the gradient, changes; elements of one index belong together. */
export interface AdamArrays {
  readonly gradient: Float32Array;
  readonly weights: Float32Array;
  readonly average: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Each coefficient fills a vector of its own at the start of the memory. */
const coefficients: readonly (keyof Coefficients)[] = [
  "scale",
  "firstDecay",
  "firstShare",
  "secondDecay",
  "secondShare",
  "smallest",
  "rate",
  "correction",
  "epsilon",
  "averageShare",
];
const changed = ["weights", "average", "first", "second"] as const;
const arrays: readonly (keyof AdamArrays)[] = ["gradient", ...changed];

/** Elements of each array in the memory: few enough to stay in the processor's cache. */
const ROOM = 8192;

const placeOf = (array: keyof AdamArrays): number =>
  16 * coefficients.length + 4 * ROOM * arrays.indexOf(array);

const [at, end] = [0, 1];
const [slope, mean, square, kept, weight, before] = [2, 3, 4, 5, 6, 7];

const coefficient = (name: keyof Coefficients): Code =>
  v128.load(16 * coefficients.indexOf(name), constant(0));
const load = (array: keyof AdamArrays): Code => v128.load(placeOf(array), get(at));
const store = (array: keyof AdamArrays, value: Code): Code => v128.store(placeOf(array), get(at), value);
const weighted = (name: keyof Coefficients, value: Code): Code => f32x4.multiply(coefficient(name), value);

/** Updates four weights at a time. Its parameters: the first's place in bytes, and the place where to end. */
const kernel = assemble({
  parameters: 2,
  wholeLocals: 0,
  vectorLocals: 6,
  code: loop(
    set(slope, weighted("scale", load("gradient"))),
    set(mean, f32x4.add(weighted("firstDecay", load("first")), weighted("firstShare", get(slope)))),
    set(
      square,
      f32x4.add(
        weighted("secondDecay", load("second")),
        f32x4.multiply(weighted("secondShare", get(slope)), get(slope)),
      ),
    ),
    set(kept, f32x4.isAtLeast(get(square), coefficient("smallest"))),
    store("first", v128.and(get(mean), get(kept))),
    store("second", v128.and(get(square), get(kept))),
    set(
      weight,
      f32x4.subtract(
        load("weights"),
        f32x4.divide(
          weighted("rate", get(mean)),
          f32x4.add(weighted("correction", f32x4.root(get(square))), coefficient("epsilon")),
        ),
      ),
    ),
    store("weights", get(weight)),
    set(before, load("average")),
    store(
      "average",
      f32x4.add(get(before), weighted("averageShare", f32x4.subtract(get(weight), get(before)))),
    ),
    set(at, i32.add(get(at), constant(16))),
    repeatIf(i32.isLess(get(at), get(end))),
  ),
});

const { buffer, run } = withMemory(kernel, 16 * coefficients.length + 4 * ROOM * arrays.length);

/** Do what `updateByAdam` says with whole arrays, by vectors of four. */
export function runAdam(state: AdamArrays, values: Coefficients): void {
  for (const [index, name] of coefficients.entries()) {
    new Float32Array(buffer, 16 * index, 4).fill(values[name]);
  }
  const { length } = state.weights;
  for (let start = 0; start < length; start += ROOM) {
    const count = Math.min(ROOM, length - start);
    const rooms = new Map(arrays.map((name) => [name, new Float32Array(buffer, placeOf(name), count)]));
    for (const [name, room] of rooms) room.set(state[name].subarray(start, start + count));
    run(0, 4 * count);
    for (const name of changed) state[name].set(rooms.get(name)!, start);
  }
}
