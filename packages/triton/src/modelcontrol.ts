import type { CallOptions } from "./calloptions";
import { InputError } from "./error";

/** How a model is loaded. */
export interface LoadOptions extends CallOptions {
  /** A configuration to use instead of the repository's, with Triton's names. */
  config?: Readonly<Record<string, unknown>>;
  /** Files to use instead of the repository's, by their path in the model's folder, e.g. `"1/model.onnx"`. */
  files?: Readonly<Record<string, Uint8Array>>;
}

/** How a model is unloaded. */
export interface UnloadOptions extends CallOptions {
  /** Also unload the models that only this one, an ensemble, uses. */
  unloadDependents?: boolean;
}

/** What a load request says besides the name. @throws {InputError} if there are files without a configuration */
export function loadParameters({ config, files }: LoadOptions): Record<string, string> {
  if (files && !config) {
    throw new InputError("Cannot load a model: files need the config that belongs to them, got none");
  }
  const entries = Object.entries(files ?? {}).map(([path, bytes]) => [`file:${path}`, base64(bytes)]);
  return { ...(config && { config: JSON.stringify(config) }), ...Object.fromEntries(entries) };
}

/** In pieces: an argument list has an end. */
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let position = 0; position < bytes.length; position += 8192) {
    text += String.fromCharCode(...bytes.subarray(position, position + 8192));
  }
  return btoa(text);
}
