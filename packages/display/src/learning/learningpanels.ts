import { roundStep } from "../chart/histogram";
import { ticks } from "../chart/ticks";
import type { EpochValue, LearningFacts, Series } from "./learningfacts";
import { valueText } from "./learningtext";

/** A diagram of one series by epoch, as SVG, PNG and Vega-Lite draw it. */
export interface Panel {
  readonly name: string;
  readonly ink: "first" | "second";
  readonly series: Series;
  /** The newest value and the best one, e.g. `0.231` and `best 0.214`; `""` before there are any. */
  readonly lastText: string;
  readonly bestText: string;
  /** The value with a ring around it. */
  readonly ringed: EpochValue | undefined;
  /** Epochs with a cross. */
  readonly crossed: readonly number[];
  /** Values on the y axis; the first and last are its ends. */
  readonly yTicks: readonly number[];
  readonly width: number;
}

/** Height of the area of a panel that values are drawn in, in pixels. */
export const panelHeight = 150;

/** Up to here, every value has a dot. */
const dottedValues = 40;

/** What is drawn side by side: the loss, and the validation if the training has one. */
export function learningPanels({ loss, validation }: LearningFacts): Panel[] {
  const width = validation ? 250 : 420;
  const lossPanel: Panel = {
    name: "loss",
    ink: "first",
    series: loss,
    // A loss that is not finite is a failure, not a gap.
    lastText: text(loss.values.at(-1)),
    bestText: text(loss.best, "best "),
    ringed: undefined,
    crossed: loss.gaps,
    yTicks: lossTicks(loss),
    width,
  };
  if (!validation) return [lossPanel];
  const validationPanel: Panel = {
    name: "validation F1",
    ink: "second",
    series: validation,
    lastText: text(validation.last),
    bestText: text(validation.best, "best "),
    // The state to keep is the one that does best on images that were not trained on.
    ringed: validation.best,
    crossed: [],
    yTicks: [0, 0.25, 0.5, 0.75, 1],
    width,
  };
  return [lossPanel, validationPanel];
}

/** Epochs on the x axis, which are whole. */
export function epochTicks([first, last]: LearningFacts["span"]): number[] {
  return ticks(first, last, Math.min(6, last - first), false);
}

/** Whether every value gets a dot: more of them would hide the line. */
export const isDotted = ({ runs }: Series): boolean =>
  runs.reduce((sum, run) => sum + run.length, 0) <= dottedValues;

const text = (point: EpochValue | undefined, before = ""): string =>
  point ? before + valueText(point.value) : "";

/** From 0, or below the least value, to beyond the largest one: it changes only when the loss exceeds them. */
function lossTicks({ runs }: Series): number[] {
  const values = runs.flat().map(({ value }) => value);
  const low = Math.min(0, ...values);
  const high = Math.max(low, 0, ...values);
  const step = high > low ? roundStep((high - low) / 3) : 0.5;
  const first = Math.floor(low / step + 1e-9);
  const last = high > low ? Math.ceil(high / step - 1e-9) : 2;
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
