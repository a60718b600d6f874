import { MATCH_COLORS } from "@bioengine/mime";
import { trans } from "../translation";
import type { Size } from "../viewport";
import type { LabelMap } from "./labelmap";
import { MARK_GROUND, type Mark } from "./mark";

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

const MARGIN = 10;
const PADDING = 8;
const ROW = 18;
const WIDTH = 118;

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
 * The legend of a comparison, in the canvas's bottom right corner.
 *
 * @param found outcomes of the mask's labels
 * @param expected outcomes of the other mask's labels
 */
export function outcomeLegend(found: readonly Outcome[], expected: readonly Outcome[], canvas: Size): Mark[] {
  const left = canvas.width - MARGIN - WIDTH;
  const top = canvas.height - MARGIN - 2 * PADDING - OUTCOMES.length * ROW;
  const count = (outcome: Outcome) =>
    // The background has the first place.
    (outcome === "missed" || outcome === "split" ? expected : found).slice(1).filter((one) => one === outcome)
      .length;
  const rows = OUTCOMES.flatMap((outcome, position): Mark[] => {
    const y = top + PADDING + (position + 0.5) * ROW;
    return [
      { x: left + PADDING, y: y - 5, width: 10, height: 10, fill: `rgb(${MATCH_COLORS[outcome].join(" ")})` },
      { x: left + PADDING + 18, y, text: outcomeName(outcome), align: "left" },
      { x: left + WIDTH - PADDING, y, text: String(count(outcome)), align: "right" },
    ];
  });
  const height = 2 * PADDING + OUTCOMES.length * ROW;
  return [{ x: left, y: top, width: WIDTH, height, fill: MARK_GROUND }, ...rows];
}
