import { type TransferOptions, transferOptionNames } from "./calloptions";
import { InputError } from "./error";
import type { OutputOptions } from "./output";

/** What every inference takes, alone or as a step of a sequence. */
export interface InferOptions extends TransferOptions, OutputOptions {
  /** Names of the outputs to compute and send, default: all. */
  selectOutputs?: readonly string[];
  /** Comes back as `results.__info__.id`, and is in the server's log. */
  requestId?: string;
  /**
   * Triton's parameters of a request, and those that the model itself reads: `priority` (1 is the highest),
   * `timeout` (longest time in the server's queue, in µs), …
   */
  parameters?: Readonly<Record<string, string | number | boolean>>;
}

export const inferOptionNames: readonly string[] = [
  ...transferOptionNames,
  ...([
    "selectOutputs",
    "requestId",
    "parameters",
    "decodeJson",
    "decodeBytes",
    "serialization",
    "classification",
  ] satisfies (keyof InferOptions)[]),
];

/** @throws {InputError} if options do not go together, or are of another kind */
export function checkInferOptions(options: InferOptions, action: string): void {
  const { serialization, compression, decodeJson, decodeBytes } = options;
  if (serialization !== undefined && serialization !== "triton" && serialization !== "imjoy") {
    throw new InputError(
      `Cannot ${action}: serialization must be "triton" or "imjoy", got ${String(serialization)}`,
    );
  }
  if (serialization === "imjoy" && (decodeJson || decodeBytes)) {
    throw new InputError(
      `Cannot ${action}: serialization "imjoy" decodes by itself; leave out decodeJson and decodeBytes`,
    );
  }
  if (compression !== undefined && compression !== "gzip" && compression !== "deflate") {
    throw new InputError(
      `Cannot ${action}: compression must be "gzip" or "deflate", got ${String(compression)}; leave it out for none`,
    );
  }
}
