/** Pairs of labels that overlap, with how much. */
type Pair = readonly [truth: number, prediction: number, iou: number];

/** Node.js's mark of what an object looks like when it is printed; this package also runs where there is no Node.js. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How many pairs are printed. */
const MOST = 5;

/** Let many pairs print as their number and the first of them: a whole list hides the rates beside it. */
export function pairList(pairs: Pair[]): readonly Pair[] {
  if (pairs.length <= MOST) return pairs;
  const texts = pairs
    .slice(0, MOST)
    .map(([truth, prediction, iou]) => `[${truth}, ${prediction}, ${iou.toFixed(3)}]`);
  const value = () => `${pairs.length} of [truth, prediction, iou]: ${texts.join(", ")}, …`;
  return Object.defineProperty(pairs, INSPECT, { value });
}
