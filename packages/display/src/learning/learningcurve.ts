import { liveOutput } from "../liveoutput";
import { checkLearningCurve, learningCurveBundle } from "./learningcurvebundle";
import type { LearningCurve } from "./learningfacts";

/** A picture of a training that is updated in its place. */
export interface LiveLearningCurve {
  /** Show how the training stands now; it may be called as often as that changes. */
  update(curve: LearningCurve): void;
  /** Show how the training ended, for good; `fraction` is left out. Later calls do nothing. */
  finish(curve: LearningCurve): void;
}

/**
 * Show how a training goes, in the running cell and in one place, which stays the same after the cell's end.
 *
 * Outside of a notebook it writes nothing, or, if stderr is a terminal, one line that rewrites itself.
 *
 * @param curve how it begins; curves are read when they are shown, up to 0.2 s later, and never modified
 * @throws {TypeError} if a value is of the wrong kind, as do `update` and `finish`
 * @throws {RangeError} if a number is out of range, as do `update` and `finish`
 * @example
 * const losses: number[] = [];
 * const live = learningCurve({ title: "train membranes", epochs: 10, losses, status: "starting", fraction: 0 });
 * for (let epoch = 1; epoch <= 10; epoch++) {
 *   losses.push(await trainEpoch());
 *   live.update({ title: "train membranes", epochs: 10, losses, status: `epoch ${epoch} of 10`, fraction: epoch / 10 });
 * }
 * live.finish({ title: "train membranes", epochs: 10, losses, status: "done" });
 */
export function learningCurve(curve: LearningCurve): LiveLearningCurve {
  checkLearningCurve(curve);
  const output = liveOutput(curve, learningCurveBundle, 0);
  output.update(curve);
  return {
    update(newCurve) {
      checkLearningCurve(newCurve);
      output.update(newCurve);
    },
    finish(lastCurve) {
      checkLearningCurve(lastCurve);
      const { fraction: _, ...over } = lastCurve;
      output.finish(() => learningCurveBundle(over));
    },
  };
}
