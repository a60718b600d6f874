import { asOperand } from "./callargument";
import { camelCase } from "./pythonnames";

/** Functions of one number, which arrays have no methods for: NumPy's name in camelCase, and `Math`'s. */
const ofNumbers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["log", "log2", "log10", "log1p", "exp", "expm1", "sin", "cos", "tan", "floor", "ceil", "sign"].map(
      (name) => [name, name],
    ),
  ),
  abs: "abs",
  absolute: "abs",
  fix: "trunc",
  arctan: "atan",
};

type Write = (array: string, values: readonly string[]) => string;

const comparison =
  (method: string): Write =>
  (array, [other = "0"]) =>
    `${array}.${method}(${other})`;

/** Reductions whose axis is their only argument. */
const reduction =
  (method: string): Write =>
  (array, values) =>
    `${array}.${method}(${values.join(", ")})`;

/** The same part of an array along one axis, the axes before it whole. */
const sliced = (array: string, axis: number, range: string): string =>
  `${array}.slice(${[...Array<string>(axis).fill("null"), range].join(", ")})`;

const flipped = (array: string, axis: number): string => sliced(array, axis, "[null, null, -1]");

function rolled(array: string, [count = "1", axis]: readonly string[]): string {
  if (axis === undefined) return `${rolled(`${array}.flatten()`, [count, "0"])}.reshape(${array}.shape)`;
  const place = Number(axis);
  const back = /^\d+$/.test(count) ? `-${count}` : `-(${count})`;
  const parts = [sliced(array, place, `[${back}]`), sliced(array, place, `[0, ${back}]`)];
  return `concatenate([${parts.join(", ")}]${place === 0 ? "" : `, ${place}`})`;
}

function percentiles(array: string, [ranks = "50", axis]: readonly string[]): string {
  const rest = axis === undefined ? "" : `, ${axis}`;
  return ranks.startsWith("[")
    ? `${ranks}.map((rank) => ${array}.percentile(rank${rest}))`
    : `${array}.percentile(${ranks}${rest})`;
}

const percent = (share: string): string =>
  /^[\d.]+$/.test(share) ? String(Number((100 * Number(share)).toPrecision(12))) : `100 * ${share}`;

/** What NumPy's functions and methods are here as an expression, by their names in camelCase. */
const calls: Readonly<Record<string, Write>> = {
  T: (array) => `${array}.transpose()`,
  negative: (array) => `${array}.multiply(-1)`,
  amax: reduction("max"),
  amin: reduction("min"),
  nanmax: reduction("max"),
  nanmin: reduction("min"),
  average: reduction("mean"),
  nanmean: reduction("mean"),
  var: (array, [axis]) => (axis === undefined ? `${array}.std() ** 2` : `${array}.std(${axis}).power(2)`),
  ptp: (array) => `${array}.max() - ${array}.min()`,
  argmin: (array, values) => `${array}.astype("float64").multiply(-1).argmax(${values.join(", ")})`,
  arrayEqual: (array, [other = "other"]) => `${array}.equal(${other}).all() === 1`,
  clip: (array, [low = "0", high]) =>
    `${array}.maximum(${low})${high === undefined ? "" : `.minimum(${high})`}`,
  countNonzero: (array) => `${array}.notEqual(0).sum()`,
  nonzero: (array) => `${array}.notEqual(0)`,
  flip: (array, [axis]) =>
    axis === undefined ? `${array}.slice([null, null, -1], [null, null, -1])` : flipped(array, Number(axis)),
  flipud: (array) => flipped(array, 0),
  fliplr: (array) => flipped(array, 1),
  roll: rolled,
  rot90: (array) => `${flipped(array, 1)}.transpose()`,
  invert: (array) => `${array}.multiply(-1).add(${array}.max())`,
  median: (array, [axis]) => percentiles(array, axis === undefined ? [] : ["50", axis]),
  nanmedian: (array, [axis]) => percentiles(array, axis === undefined ? [] : ["50", axis]),
  percentile: percentiles,
  quantile: (array, [share = "0.5", ...rest]) =>
    share.startsWith("[")
      ? `${share}.map((share) => ${array}.percentile(100 * share))`
      : percentiles(array, [percent(share), ...rest]),
  ravel: (array) => `${array}.flatten()`,
  sqrt: (array) => `${array}.power(0.5)`,
  square: (array) => `${array}.power(2)`,
  swapaxes: (array) => `${array}.transpose([1, 0])`,
  moveaxis: (array) => `${array}.transpose([1, 2, 0])`,
  tolist: (array) => `${array}.toArray()`,
  sub: comparison("subtract"),
  minus: comparison("subtract"),
  mul: comparison("multiply"),
  times: comparison("multiply"),
  div: comparison("divide"),
  plus: comparison("add"),
  pow: comparison("power"),
  gt: comparison("greater"),
  ge: comparison("greaterEqual"),
  lt: comparison("less"),
  le: comparison("lessEqual"),
  eq: comparison("equal"),
  ne: comparison("notEqual"),
  and: comparison("logicalAnd"),
  or: comparison("logicalOr"),
  not: (array) => `${array}.logicalNot()`,
  logicalNot: (array) => `${array}.logicalNot()`,
  asType: comparison("astype"),
  isin: (array, [labels = "[1, 2]"]) => `keepLabels(${array}, ${labels}).notEqual(0)`,
};

/**
 * What a function or method of NumPy's is here, where arrays have none of that name that does the same.
 *
 * @param array its text
 * @param values the other arguments
 * @returns `undefined` if nothing here does the same
 */
export function arrayCall(name: string, array: string, values: readonly string[]): string | undefined {
  const own = camelCase(name);
  const object = asOperand(array);
  const write = Object.hasOwn(calls, own) ? calls[own] : undefined;
  if (write) return write(object, values);
  const ofNumber = Object.hasOwn(ofNumbers, own) ? ofNumbers[own] : undefined;
  return ofNumber && `ndarray(Array.from(${object}.data, Number).map(Math.${ofNumber}), ${object}.shape)`;
}
