import { quantileOf } from "@bioengine/ndarray";
import type { ChartGroup } from "./chartvalues";
import { groupInks, type Ink } from "./scene";

/** Points that a line joins; x doesn't fall. */
export interface Run {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A line of a plot; values are missing between its runs. */
export interface PlotLine {
  readonly name: string;
  readonly ink: Ink;
  readonly runs: readonly Run[];
}

/** The lines of a plot: strong ones that are told apart, over quiet ones of one colour. */
export interface PlotLines {
  readonly quiet: readonly PlotLine[];
  readonly strong: readonly PlotLine[];
}

/** More quiet lines than this are drawn by a regular sample. */
const mostQuiet = 100;

/** About as many points are drawn; of more the lowest and the highest of a few side by side. */
const mostDrawn = 8000;

/** How many points lines have. */
export const pointsOf = (lines: readonly PlotLine[]): number =>
  lines.reduce((sum, { runs }) => sum + runs.reduce((count, { x }) => count + x.length, 0), 0);

/** A line through the points at `indices`, from the left to the right; it is interrupted where y is missing. */
function lineThrough(x: Float64Array, y: Float64Array, { name, indices }: ChartGroup): Omit<PlotLine, "ink"> {
  const order = indices.filter((index) => !Number.isNaN(x[index])).sort((a, b) => x[a]! - x[b]!);
  const runs: number[][] = [[]];
  for (const index of order) {
    if (Number.isNaN(y[index])) runs.push([]);
    else runs.at(-1)!.push(index);
  }
  const valuesAt = (values: Float64Array, run: readonly number[]): Float64Array =>
    Float64Array.from(run, (index) => values[index]!);
  return {
    name,
    runs: runs
      .filter(({ length }) => length > 0)
      .map((run) => ({ x: valuesAt(x, run), y: valuesAt(y, run) })),
  };
}

/** The median of lines at each x where two of them at least have a value. */
function medianOf(lines: readonly PlotLine[]): Run | undefined {
  const valuesAt = new Map<number, number[]>();
  for (const { x, y } of lines.flatMap(({ runs }) => runs)) {
    x.forEach((place, index) => {
      const known = valuesAt.get(place);
      if (known) known.push(y[index]!);
      else valuesAt.set(place, [y[index]!]);
    });
  }
  const shared = [...valuesAt].filter(([, values]) => values.length > 1).sort(([a], [b]) => a - b);
  if (shared.length === 0) return undefined;
  return {
    x: Float64Array.from(shared, ([place]) => place),
    y: Float64Array.from(shared, ([, values]) => quantileOf(Float64Array.from(values).sort(), 0.5)),
  };
}

/** A line for each group: of more groups than there are colours quiet ones, and their median. */
export function plotLines(x: Float64Array, y: Float64Array, groups: readonly ChartGroup[]): PlotLines {
  const lines = groups.map((group) => lineThrough(x, y, group));
  if (lines.length <= groupInks.length) {
    const strong = lines.map((line, number): PlotLine => {
      return { ...line, ink: line.name === "" ? "first" : groupInks[number]! };
    });
    return { quiet: [], strong };
  }
  const quiet = lines.map((line): PlotLine => ({ ...line, ink: "axis" }));
  const median = medianOf(quiet);
  const name = `median of ${lines.length} groups`;
  return { quiet, strong: median ? [{ name, ink: "first", runs: [median] }] : [] };
}

/** Of each few points side by side the lowest and the highest, and the ends of the run. */
function withExtremes({ x, y }: Run, few: number): Run {
  const kept = new Set([0]);
  for (let start = 0; start < x.length; start += few) {
    let [low, high] = [start, start];
    for (let i = start; i < Math.min(x.length, start + few); i++) {
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
    kept.add(Math.min(low, high)).add(Math.max(low, high));
  }
  kept.add(x.length - 1);
  const thin = (values: Float64Array): Float64Array => values.filter((_, index) => kept.has(index));
  return { x: thin(x), y: thin(y) };
}

/** What is drawn of lines: all, or of many as much as can be told apart. */
export function drawnLines({ quiet, strong }: PlotLines): PlotLines {
  const step = Math.ceil(quiet.length / mostQuiet);
  const some = quiet.filter((_, index) => index % step === 0);
  const few = Math.ceil((2 * pointsOf([...some, ...strong])) / mostDrawn);
  const thin = (line: PlotLine): PlotLine =>
    few <= 2 ? line : { ...line, runs: line.runs.map((run) => withExtremes(run, few)) };
  return { quiet: some.map(thin), strong: strong.map(thin) };
}
