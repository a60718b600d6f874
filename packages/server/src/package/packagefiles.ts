import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readZip, zipNames } from "./zipfile";

/** Where the files of a package lie: in a folder, or in a zip file. */
export type PackageFiles = { readonly folder: string } | { readonly zip: string };

const isDescription = (name: string): boolean => /^([^/]+\.)?(bioimageio|rdf|model)\.ya?ml$/.test(name);

/** Name of the description of a bioimage.io package; undefined if there is none. */
export function descriptionIn(files: PackageFiles): string | undefined {
  const names = "zip" in files ? zipNames(files.zip) : readdirSync(files.folder);
  return names.sort().find(isDescription);
}

/**
 * A file of a package.
 *
 * @throws {RangeError} if its name leads out of the package, or there is none such
 */
export function readPackageFile(files: PackageFiles, name: string): Buffer {
  const steps = name.split(/[/\\]/);
  if (name.startsWith("/") || steps.includes("..") || steps.some((step) => step.includes(":"))) {
    throw new RangeError(`a file of the package must lie in it, got ${name}`);
  }
  const plain = steps.filter((step) => step !== ".").join("/");
  if ("zip" in files) {
    const bytes = readZip(files.zip, plain);
    if (bytes !== undefined) return bytes;
  } else {
    const path = join(files.folder, plain);
    if (existsSync(path)) return readFileSync(path);
  }
  throw new RangeError(`${name} must lie in the package, got none`);
}
