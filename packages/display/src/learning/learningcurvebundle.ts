import type { MimeBundle } from "@bioengine/mime";
import { chartBundle } from "../chart/chartbundle";
import { groupColours, type Ink, seriesInks } from "../chart/scene";
import { sceneSvg } from "../chart/scenesvg";
import { clip } from "../clip";
import { escapeMarkup } from "../markup";
import { progressTrack, textStyle } from "../progresstrack";
import { learningDigest } from "./learningdigest";
import { type LearningCurve, type LearningFacts, learningFacts } from "./learningfacts";
import { learningScene } from "./learningscene";
import { learningSpec } from "./learningspec";

/**
 * Make the notebook output of a training: the loss and the validation by epoch, and a digest in words.
 *
 * While the training runs (`fraction` is given) it is HTML, which a notebook replaces without a flicker, in the
 * colours of its theme; JupyterLab prefers HTML to everything else, so when the training is over there is none, but
 * a chart with tooltips that an untrusted notebook shows too, and pictures for every other front end.
 *
 * @param curve numbers so far; not modified, nothing shared with the bundle
 * @returns `text/html` and `text/plain` of a training that runs; of one that is over
 *   `application/vnd.vegalite.v5+json`, `image/svg+xml`, `image/png` (base64) and `text/plain`; the text has at most
 *   600 characters
 * @throws {TypeError} if a title or status is not a string, or a loss or validation not a number
 * @throws {RangeError} if `epochs` is not an integer from 1, or a validation not from 0 to 1
 * @example
 * const bundle = learningCurveBundle({ title: "train membranes", epochs: 2, losses: [0.9, 0.4], status: "done in 31 s" });
 */
export function learningCurveBundle(curve: LearningCurve): MimeBundle {
  checkLearningCurve(curve);
  const facts = learningFacts(curve);
  const digest = learningDigest(curve, facts);
  return curve.fraction === undefined
    ? chartBundle(learningSpec(curve, facts, digest), learningScene(facts, curve), digest)
    : liveBundle(curve, facts, digest);
}

/**
 * Refuse what is no learning curve.
 *
 * @throws {TypeError} for a value of the wrong kind
 * @throws {RangeError} for a number out of range
 */
export function checkLearningCurve({
  title,
  status,
  epochs,
  losses,
  validation,
  before,
  fraction,
}: LearningCurve): void {
  const action = "Cannot draw a learning curve";
  for (const [name, text] of Object.entries({ title, status })) {
    if (typeof text !== "string") {
      throw new TypeError(`${action}: ${name} must be a string, got ${String(text)}`);
    }
  }
  if (!(Number.isInteger(epochs) && epochs >= 1)) {
    throw new RangeError(`${action}: epochs must be an integer from 1, got ${String(epochs)}`);
  }
  for (const [name, values] of Object.entries({ losses, validation: validation ?? [] })) {
    if (!Array.isArray(values)) {
      throw new TypeError(`${action}: ${name} must be an array of numbers, got ${String(values)}`);
    }
    const wrong = values.findIndex((value) => typeof value !== "number");
    if (wrong >= 0) {
      throw new TypeError(
        `${action}: ${name} must be numbers, got ${String(values[wrong])} at index ${wrong}`,
      );
    }
  }
  for (const value of [before, fraction]) {
    if (value !== undefined && typeof value !== "number") {
      throw new TypeError(`${action}: before and fraction must be numbers, got ${String(value)}`);
    }
  }
  for (const value of [...(validation ?? []), before ?? 0]) {
    if (value < 0 || value > 1) {
      throw new RangeError(`${action}: validation must be from 0 to 1, got ${value}`);
    }
  }
}

/** JupyterLab's own colours, in its light and dark themes alike; elsewhere ones that fit any background. */
const pageInks: Record<Ink, string> = {
  ...seriesInks,
  ...groupColours,
  text: "var(--jp-ui-font-color1, currentColor)",
  quiet: "var(--jp-ui-font-color2, currentColor)",
  axis: "rgba(128, 128, 128, 0.6)",
  grid: "rgba(128, 128, 128, 0.25)",
};
const pageFont = "var(--jp-ui-font-family, system-ui, sans-serif)";

function liveBundle(
  { title, status, fraction }: LearningCurve,
  facts: LearningFacts,
  digest: string,
): MimeBundle {
  const scene = learningScene(facts);
  // An unknown share, NaN, is no reason for the bar to move by itself: the curve shows that something goes on.
  const share = Math.min(1, Math.max(0, fraction || 0));
  const html = [
    `<div style="${textStyle}; max-width: ${scene.width}px; font-variant-numeric: tabular-nums">`,
    `<div style="color: ${pageInks.text}; font-weight: 600">${escapeMarkup(clip(title, 200))}</div>`,
    `<div role="status" aria-live="polite">${escapeMarkup(clip(status, 200))}</div>`,
    progressTrack(title, share, status),
    sceneSvg(scene, { label: digest, inks: pageInks, font: pageFont, isFluid: true }),
    "</div>",
  ].join("\n");
  return { data: { "text/html": html, "text/plain": digest }, metadata: {} };
}
