import type { NdArray } from "@bioengine/ndarray";
import { type OutputOptions, outputValue } from "./output";
import type { InferResponse } from "./response";

/** Where results came from. */
export interface ResultInfo {
  readonly serverUrl: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** The `requestId` of the call, if it had one. */
  readonly id?: string;
  /** Time of the whole call, in ms. */
  readonly milliseconds: number;
}

/** A model's outputs by name. */
export interface Results {
  /** Labels of the objects, 0 = background: the output of segmentation models. */
  mask: NdArray;
  // biome-ignore lint/suspicious/noExplicitAny: outputs are as various as models, and used without a cast in notebooks
  info?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  [output: string]: any;
  /** Where the results came from. */
  readonly __info__: ResultInfo;
}

/** A response's outputs as values, by name. */
export function valuesOf({ outputs }: InferResponse, options: OutputOptions): Record<string, unknown> {
  return Object.fromEntries(outputs.map((tensor) => [tensor.name, outputValue(tensor, options)]));
}

/** A response's outputs as values, and where they came from. */
export function resultsOf(
  response: InferResponse,
  options: OutputOptions,
  serverUrl: string,
  milliseconds: number,
): Results {
  const { id, modelName, modelVersion } = response;
  const info: ResultInfo = { serverUrl, modelName, modelVersion, ...(id && { id }), milliseconds };
  return { ...valuesOf(response, options), __info__: info } as Results;
}
