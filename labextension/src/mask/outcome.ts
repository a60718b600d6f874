import { MATCH_COLORS } from "@bioengine/mime";
import { trans } from "../translation";
import type { LabelMap } from "./labelmap";
import type { Legend } from "./legend";
import { type Mark, markWidth } from "./mark";

/** What became of an object in a comparison of two masks. */
export type Outcome = keyof typeof MATCH_COLORS;

const OUTCOMES: readonly Outcome[] = ["matched", "extra", "missed", "merged", "split"];

/** An outcome in words. */
export function outcomeName(outcome: Outcome): string {
  const names: Record<Outcome, string> = {
    matched: trans.__("matched"),
    extra: trans.__("extra"),
    missed: trans.__("missed"),
    merged: trans.__("merged"),
    split: trans.__("split"),
  };
  return names[outcome];
}

const LINE = 20;
const FIRST_LINE = 14;
const TEXT_START = 16;
const GAP = 10;

/**
 * The outcome of every label index.
 *
 * @param wrong labels by what is wrong with them
 */
export function outcomesOf(map: LabelMap, wrong: Partial<Record<Outcome, readonly number[]>>): Outcome[] {
  const outcomes = Array.from(map.labels, (): Outcome => "matched");
  for (const outcome of OUTCOMES)
    for (const label of wrong[outcome] ?? []) outcomes[map.indexOf(label)] = outcome;
  return outcomes;
}

/** RGBA of every label index by its outcome. */
export function outcomeColors(outcomes: readonly Outcome[]): Uint8Array {
  return Uint8Array.from(outcomes.flatMap((outcome) => [...MATCH_COLORS[outcome], 0]));
}

/**
 * The legend of a comparison: every outcome with its count, in as many lines as it takes.
 *
 * @param found outcomes of the mask's labels
 * @param expected outcomes of the other mask's labels
 * @param width of the picture in CSS pixels
 */
export function outcomeLegend(
  found: readonly Outcome[],
  expected: readonly Outcome[],
  width: number,
): Legend {
  const count = (outcome: Outcome) =>
    // The background has the first place.
    (outcome === "missed" || outcome === "split" ? expected : found).slice(1).filter((one) => one === outcome)
      .length;
  const marks: Mark[] = [];
  let [x, y] = [0, FIRST_LINE];
  for (const outcome of OUTCOMES) {
    const text = `${outcomeName(outcome)} ${count(outcome)}`;
    const wide = TEXT_START + markWidth(text);
    if (x > 0 && x + wide > width) [x, y] = [0, y + LINE];
    marks.push({ x, y: y - 5, width: 10, height: 10, fill: `rgb(${MATCH_COLORS[outcome].join(" ")})` });
    marks.push({ x: x + TEXT_START, y, text, align: "left" });
    x += wide + GAP;
  }
  return { height: y + LINE / 2, marks };
}
