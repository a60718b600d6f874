import { isJsonObject, type JsonValue } from "./json";

/** What a server says of itself. */
export interface ServerMetadata {
  readonly name: string;
  readonly version: string;
  readonly extensions: readonly string[];
}

/** An input or output in a model's metadata. */
export interface TensorMetadata {
  readonly name: string;
  /** E.g. `"FP32"`. */
  readonly datatype: string;
  /** Length of each axis, -1 if any; with the batch axis. */
  readonly shape: readonly number[];
}

/** What a server says of a model. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
}

/** A model in a server's repository. */
export interface RepositoryEntry {
  readonly name: string;
  /** Absent if it was never loaded. */
  readonly version?: string;
  /** `"READY"`, `"LOADING"`, `"UNLOADING"` or `"UNAVAILABLE"`; absent if it was never loaded. */
  readonly state?: string;
  /** Why it is not ready. */
  readonly reason?: string;
}

const isText = (value: JsonValue | undefined): value is string => typeof value === "string";

const isTexts = (value: JsonValue | undefined): value is string[] =>
  Array.isArray(value) && value.every(isText);

export function isServerMetadata(
  json: JsonValue,
): json is JsonValue & { name: string; version: string; extensions: string[] } {
  return isJsonObject(json) && isText(json.name) && isText(json.version) && isTexts(json.extensions);
}

type TensorJson = { name: string; datatype: string; shape: number[] };

function isTensors(value: JsonValue | undefined): value is TensorJson[] {
  return (
    Array.isArray(value) &&
    value.every(
      (tensor) =>
        isJsonObject(tensor) && isText(tensor.name) && isText(tensor.datatype) && Array.isArray(tensor.shape),
    )
  );
}

type ModelJson = {
  name: string;
  versions: string[];
  platform: string;
  inputs: TensorJson[];
  outputs: TensorJson[];
};

export function isModelMetadata(json: JsonValue): json is JsonValue & ModelJson {
  return (
    isJsonObject(json) &&
    isText(json.name) &&
    isTexts(json.versions) &&
    isText(json.platform) &&
    isTensors(json.inputs) &&
    isTensors(json.outputs)
  );
}

export function isRepositoryIndex(json: JsonValue): json is { name: string }[] {
  return Array.isArray(json) && json.every((entry) => isJsonObject(entry) && isText(entry.name));
}
