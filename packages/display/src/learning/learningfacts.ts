/** How a training went so far. */
export interface LearningCurve {
  /** What is trained, e.g. `train membranes`. */
  readonly title: string;
  /** How many epochs are planned, at least 1. */
  readonly epochs: number;
  /** Mean loss of each finished epoch. */
  readonly losses: readonly number[];
  /** F1 at IoU 0.5 on images that are not trained on, 0 to 1, entry `i` after epoch `i + 1`; NaN if not measured. */
  readonly validation?: readonly number[];
  /** That F1 before the first epoch. */
  readonly before?: number;
  /** Where the training stands, e.g. `epoch 3 of 10, about 12 s left`, `done in 31.2 s`. */
  readonly status: string;
  /** Share that is done, 0 to 1, while the training runs; undefined when it is over. */
  readonly fraction?: number;
}

/** What was measured after an epoch; 0 is before the first. */
export interface EpochValue {
  readonly epoch: number;
  readonly value: number;
}

/** Values by epoch, what is drawn of them, and those worth a word. */
export interface Series {
  readonly values: readonly EpochValue[];
  /** Finite values in order, thinned if they are many; the line is broken between two runs. */
  readonly runs: readonly (readonly EpochValue[])[];
  /** Epochs whose value is not finite, thinned too. */
  readonly gaps: readonly number[];
  readonly best: EpochValue | undefined;
  /** The newest finite value. */
  readonly last: EpochValue | undefined;
}

/** A curve's numbers as they are drawn and told. */
export interface LearningFacts {
  readonly loss: Series;
  /** Undefined if the training knows no validation; without values before the first is measured. */
  readonly validation: Series | undefined;
  /** First and last epoch of the axis: the same from the start to the end of a training. */
  readonly span: readonly [first: number, last: number];
}

/** More values than this are no easier to read: two in three pixels of a panel. */
const drawnValues = 160;

/** The numbers of a curve that was checked. */
export function learningFacts({ epochs, losses, validation, before }: LearningCurve): LearningFacts {
  const measured = [
    ...(before === undefined ? [] : [{ epoch: 0, value: before }]),
    ...(validation ?? []).map((value, i) => ({ epoch: i + 1, value })),
  ];
  const isValidated = validation !== undefined || before !== undefined;
  return {
    loss: series(
      losses.map((value, i) => ({ epoch: i + 1, value })),
      (value, best) => value < best,
    ),
    validation: isValidated ? series(measured, (value, best) => value > best) : undefined,
    span: [
      before === undefined && epochs > 1 ? 1 : 0,
      Math.max(epochs, losses.length, validation?.length ?? 0),
    ],
  };
}

function series(values: readonly EpochValue[], isBetter: (value: number, best: number) => boolean): Series {
  const finite = values.filter(isFiniteValue);
  const drawn = thin(values);
  const runs: EpochValue[][] = [[]];
  for (const point of drawn) {
    if (isFiniteValue(point)) runs.at(-1)!.push(point);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return {
    values,
    runs: runs.filter((run) => run.length > 0),
    gaps: drawn.filter((point) => !isFiniteValue(point)).map(({ epoch }) => epoch),
    best: finite.reduce<EpochValue | undefined>(
      (best, point) => (best === undefined || isBetter(point.value, best.value) ? point : best),
      undefined,
    ),
    last: finite.at(-1),
  };
}

const isFiniteValue = ({ value }: EpochValue): boolean => Number.isFinite(value);

/** Of many values the smallest, the largest and one that is not finite out of each stretch, so that peaks stay. */
function thin(values: readonly EpochValue[]): readonly EpochValue[] {
  if (values.length <= drawnValues) return values;
  const stretch = Math.ceil(values.length / (drawnValues / 2));
  const kept = new Set<EpochValue>([values[0]!, values.at(-1)!]);
  for (let start = 0; start < values.length; start += stretch) {
    const group = values.slice(start, start + stretch);
    const sorted = group.filter(isFiniteValue).sort((a, b) => a.value - b.value);
    for (const point of [sorted[0], sorted.at(-1), group.find((one) => !isFiniteValue(one))]) {
      if (point) kept.add(point);
    }
  }
  return values.filter((point) => kept.has(point));
}
