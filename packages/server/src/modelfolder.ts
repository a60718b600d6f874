import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkConfig, compareWithNetwork } from "./config/modelcheck";
import { completedConfig } from "./config/modelcompletion";
import { type ModelConfig, readModelConfig } from "./config/modelconfig";
import { readOnnxHeader } from "./config/onnxheader";
import { declaredModel } from "./declaredmodel";
import { isFolder } from "./folder";
import type { Model } from "./model";
import { onnxModel } from "./onnxmodel";
import { descriptionIn } from "./package/packagefiles";
import { packageModel } from "./package/packagemodel";

/** A version of a model: ready to be loaded, or why it can't be. */
export type FoundVersion =
  | { readonly version: string; readonly model: Model }
  | { readonly version: string; readonly failure: string };

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The text of a file; undefined if there is none. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The names of the folders in a folder. */
function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith(".") && isFolder(join(folder, name)))
    .sort();
}

/** The names of the models in a repository: folders, and zip files without the end of their name. */
export function modelsIn(repository: string): string[] {
  const zips = readdirSync(repository).filter(
    (name) => /^[^.].*\.zip$/.test(name) && !isFolder(join(repository, name)),
  );
  return [
    ...new Set([...foldersIn(repository), ...zips.map((name) => name.slice(0, -".zip".length))]),
  ].sort();
}

/**
 * Read a model of a repository: a folder in Triton's layout, or a package of bioimage.io, as a folder or a zip file.
 *
 * @returns the versions that are to be served, ascending
 * @throws {Error} if it can't be understood
 */
export function readRepositoryModel(repository: string, name: string): FoundVersion[] {
  const folder = join(repository, name);
  const unpacked = isFolder(folder);
  const files = unpacked ? { folder } : { zip: `${folder}.zip` };
  const description = existsSync(join(folder, "config.pbtxt")) ? undefined : descriptionIn(files);
  if (description !== undefined) {
    try {
      return [{ version: "1", model: packageModel(name, files, description) }];
    } catch (error) {
      throw new Error(`${description}: ${messageOf(error)}`, { cause: error });
    }
  }
  if (!unpacked)
    throw new Error(`${name}.zip must be a package of bioimage.io, got none with a bioimageio.yaml`);
  return readModelFolder(folder, name);
}

/** Versions that a policy serves of those that are there, ascending; default: the highest. */
function servedVersions(versions: readonly string[], { version_policy: policy }: ModelConfig): string[] {
  const ascending = [...versions].sort((a, b) => Number(a) - Number(b));
  if (policy?.all !== undefined) return ascending;
  if (policy?.specific !== undefined) {
    const wanted = policy.specific.versions.map(String);
    return ascending.filter((version) => wanted.includes(version));
  }
  return ascending.slice(-(policy?.latest?.num_versions || 1));
}

/**
 * Read a model's folder in Triton's layout: `config.pbtxt`, which may be missing, and `<version>/model.onnx`. Weights
 * stay unread.
 *
 * @returns the versions that are to be served, ascending
 * @throws {Error} if the folder can't be understood
 */
function readModelFolder(folder: string, name: string): FoundVersion[] {
  const text = textOf(join(folder, "config.pbtxt")) ?? "";
  let config: ModelConfig;
  try {
    config = readModelConfig(text);
  } catch (error) {
    throw new Error(`config.pbtxt, ${messageOf(error)}`, { cause: error });
  }
  checkConfig(config, name);
  const versions = foldersIn(folder).filter((version) => /^[1-9]\d{0,14}$/.test(version));
  const served = servedVersions(versions, config);
  if (served.length === 0) {
    const found = versions.length > 0 ? versions.join(", ") : "none";
    throw new Error(
      `the folder must have a version that is to be served, such as 1/model.onnx, got ${found}`,
    );
  }
  return served.map((version) => {
    try {
      return { version, model: readVersion(folder, name, version, config) };
    } catch (error) {
      return { version, failure: messageOf(error) };
    }
  });
}

function readVersion(folder: string, name: string, version: string, given: ModelConfig): Model {
  const path = join(folder, version, given.default_model_filename || "model.onnx");
  try {
    const header = readOnnxHeader(path);
    const declared = declaredModel({ ...given, name }, header, version, path);
    if (declared !== undefined) return declared;
    const config = completedConfig(given, header, name);
    checkConfig(config, name);
    compareWithNetwork(config, header);
    return onnxModel(config, version, path);
  } catch (error) {
    const message = isMissing(error) ? "the file must be there, got none" : messageOf(error);
    throw new Error(`${version}/${given.default_model_filename || "model.onnx"}: ${message}`, {
      cause: error,
    });
  }
}
