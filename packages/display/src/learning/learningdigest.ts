import { clip } from "../clip";
import type { EpochValue, LearningCurve, LearningFacts, Series } from "./learningfacts";
import { epochText, valueText } from "./learningtext";

const maximumLength = 600;

/** A loss that is this many times the first has risen; less is the chance of the crops. */
const RISEN = 1.05;

/** A training in words, for readers of text and for screen readers; at most 600 characters. */
export function learningDigest(
  { title, status, epochs, losses }: LearningCurve,
  facts: LearningFacts,
): string {
  const { loss, validation } = facts;
  // Sentences: a terminal and an `aria-label` have them all in one line.
  const text = [
    `Epochs: ${losses.length} of ${epochs}.`,
    ...lossLine(loss),
    ...(validation ? validationLine(validation) : []),
    ...warnings(loss, validation).map((warning) => `Warning: ${warning}.`),
  ].join("\n");
  const parts = [clip(title, 60), clip(status, 100)].filter((part) => part !== "");
  const heading = clip(parts.join(": "), maximumLength - text.length - 2);
  return heading === "" ? text : `${heading}${/[.!?…]$/.test(heading) ? "" : "."}\n${text}`;
}

function lossLine({ values, best }: Series): string[] {
  if (values.length === 0) return [];
  const ends = `first ${valueText(values[0]!.value)}, last ${valueText(values.at(-1)!.value)}`;
  return [`Loss: ${ends}${bestText(best)}.`];
}

function validationLine({ values, best, last }: Series): string[] {
  if (!last) return ["Validation F1 (IoU 0.5): not measured yet."];
  const parts = values
    .filter(({ epoch }) => epoch === 0)
    .map(({ value }) => `${valueText(value)} before training`);
  if (last.epoch > 0) parts.push(`${valueText(last.value)} after epoch ${last.epoch}`);
  return [`Validation F1 (IoU 0.5): ${parts.join(", ")}${last.epoch > 0 ? bestText(best) : ""}.`];
}

function bestText(best: EpochValue | undefined): string {
  return best ? `, best ${valueText(best.value)} (${epochText(best.epoch)})` : "";
}

function warnings(loss: Series, validation: Series | undefined): string[] {
  const found: string[] = [];
  const lost = loss.values.filter(({ value }) => !Number.isFinite(value));
  if (lost.length > 0) {
    found.push(
      `the loss is not finite in ${lost.length} of ${loss.values.length} epochs, first in epoch ${lost[0]!.epoch}: ` +
        "a smaller learning rate may help",
    );
  }
  const start = loss.values.find(({ value }) => Number.isFinite(value));
  if (start && loss.last && loss.last.value > RISEN * start.value) {
    found.push(`the loss rose from ${valueText(start.value)} to ${valueText(loss.last.value)}`);
  }
  if (validation && fallsLately(validation)) {
    found.push(
      `validation F1 fell in each of the last 3 epochs, a sign of overfitting${bestText(validation.best)}`,
    );
  } else if (validation?.best?.epoch === 0 && validation.last!.epoch > 0) {
    found.push("no epoch is better on the validation images than before training");
  }
  return found;
}

function fallsLately({ values }: Series): boolean {
  const recent = values.slice(-4);
  return recent.length === 4 && recent.slice(1).every(({ value }, i) => value < recent[i]!.value);
}
