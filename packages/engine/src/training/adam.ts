import { runAdam } from "./adamkernel";

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-7;
// What nobody would miss: processors are slow with numbers near the smallest that float32 knows.
const SMALLEST = 1e-30;

/** The weights' average keeps at most this share of itself: it is over the last fifty updates or so. */
const MOST_AVERAGE_DECAY = 0.98;

/** What an optimisation has come to; `updateByAdam` changes it in place. The arrays have an element for each weight. */
export interface AdamState {
  /** Updates so far. */
  iterations: number;
  readonly weights: Float32Array;
  /** Exponential moving average of the weights, which is what a trained network gets. */
  readonly average: Float32Array;
  /** Moving average of the gradient. */
  readonly first: Float32Array;
  /** Moving average of the squared gradient. */
  readonly second: Float32Array;
}

/**
 * The state before the first update.
 *
 * @param weights are taken over, and changed by updates
 * @example
 * const state = newAdamState(weightsOf(readFileSync(bundledPath("cellpose"))));
 */
export function newAdamState(weights: Float32Array): AdamState {
  const { length } = weights;
  return {
    iterations: 0,
    weights,
    average: weights.slice(),
    first: new Float32Array(length),
    second: new Float32Array(length),
  };
}

/**
 * One update of Adam (Kingma and Ba, ICLR 2015), as `torch.optim.Adam` with `eps=1e-7`, and of the average of the
 * weights.
 *
 * @param state changed in place
 * @param gradient by each weight, finite; not modified
 * @param learningRate about how far a weight moves
 * @param scale the gradient is multiplied with it, e.g. to shorten it
 */
export function updateByAdam(
  state: AdamState,
  gradient: Float32Array,
  learningRate: number,
  scale: number = 1,
): void {
  const time = ++state.iterations;
  runAdam(
    { ...state, gradient },
    {
      scale,
      firstDecay: FIRST_DECAY,
      firstShare: 1 - FIRST_DECAY,
      secondDecay: SECOND_DECAY,
      secondShare: 1 - SECOND_DECAY,
      smallest: SMALLEST,
      rate: learningRate / (1 - FIRST_DECAY ** time),
      correction: 1 / Math.sqrt(1 - SECOND_DECAY ** time),
      epsilon: EPSILON,
      averageShare: 1 - Math.min(MOST_AVERAGE_DECAY, (1 + time) / (10 + time)),
    },
  );
}
