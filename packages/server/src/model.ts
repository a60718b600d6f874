import type { Datatype, Tensor } from "@bioengine/triton";
import type { ModelConfig } from "./config/modelconfig";
import type { SequenceStep } from "./sequences";

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
  /** The inputs that were sent, by name; the model may take over their memory. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** Of which sequence it is, if the model has them. */
  readonly sequence?: SequenceStep;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** To be told how far the work is, if the model knows. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The request's own parameters, such as `sequence_id`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The repository's folder, for the server's own models, if there is one. */
  readonly repository?: ModelRepository;
}

/** A repository's folder, as a model sees it. */
export interface ModelRepository {
  readonly folder: string;
  /** Whether a model of that name is the server's own. */
  isOwn(name: string): boolean;
  /** A segmentation model of the folder, as it is there now, to pass a call on to; undefined if there is none. */
  find(name: string, kind: "cellpose" | "stardist"): Promise<ModelRun | undefined>;
  /** To be called when a model's files have changed: it is read anew before it is used next. */
  changed(name: string): void;
  /** Read a model now if it has changed. @throws {ProtocolError} if it can't be loaded */
  refresh(name: string): Promise<void>;
}

/** Computes the outputs, in the order of the model's. Throw a `ProtocolError` to choose the status of the answer. */
export interface ModelRun {
  (call: ModelCall): Promise<readonly Tensor[]>;
  /** Free what the model holds; it will not be run again. */
  close?(): Promise<void>;
}

/** A model of the server: all that is to be known of it. */
export interface Model {
  readonly name: string;
  /** A whole number; default `"1"`. */
  readonly version?: string;
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** If requests belong to sequences: milliseconds without a request after which one is over. */
  readonly sequenceIdleMs?: number;
  /** The configuration that it was made from, if it was. */
  readonly config?: ModelConfig;
  /** Make the model ready to run. Called on first use; again only if it failed. */
  load(): Promise<ModelRun>;
}

/** The version of a model, e.g. `"1"`. */
export const versionOf = ({ version = "1" }: Model): string => version;
