import type { Datatype, Tensor } from "@bioengine/triton";

/** An input or output of a model. */
export interface TensorSpec {
  readonly name: string;
  readonly datatype: Datatype;
  /** Length of each axis, -1 for any. */
  readonly shape: readonly number[];
  /** Whether a request may leave the input out. */
  readonly optional?: boolean;
}

/** One request to a model, already compared with its inputs. */
export interface ModelCall {
  /** The request's id, if it has one. */
  readonly id: string | undefined;
  /** The inputs that were sent, by name. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** Computes the outputs, in the order of the model's. Throw a `ProtocolError` to choose the status of the answer. */
export type ModelRun = (call: ModelCall) => Promise<readonly Tensor[]>;

/** A model of the server: all that is to be known of it. */
export interface Model {
  readonly name: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Make the model ready to run. Called on first use; again only if it failed. */
  load(): Promise<ModelRun>;
}

/** The only version that models have. */
export const modelVersion = "1";
