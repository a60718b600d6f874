import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { NdArray } from "@bioengine/ndarray";
import { ImageFileError } from "./imagefileerror";
import type { FolderFile } from "./omezarr";
import { reasonOf } from "./reason";

/**
 * Check that there is a path, which comes before what is written.
 *
 * @param call how it is called, e.g. 'imwrite("mask.tif", mask)'
 * @throws {TypeError} if there is something else
 */
export function checkPath(path: unknown, call: string): void {
  if (typeof path === "string") return;
  const got = path instanceof NdArray ? "an NdArray" : typeof path;
  throw new TypeError(`Cannot write: the path comes first, got ${got}; use ${call}`);
}

/** Write a file of parts; a folder that doesn't exist is made. */
export async function writeParts(path: string, parts: readonly Uint8Array[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "w");
  try {
    for (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}

/**
 * Write a Zarr folder; another one that stands there is replaced.
 *
 * @throws {Error} if a folder or file stands there that is no Zarr folder
 */
export async function writeZarr(path: string, files: AsyncIterable<FolderFile>): Promise<void> {
  const names = await readdir(path).catch((cause) => {
    if (cause.code === "ENOENT") return [];
    throw cause;
  });
  if (names.length > 0 && !names.some((name) => /^(\.zgroup|\.zarray|zarr\.json)$/.test(name))) {
    throw new Error(`only a Zarr folder is replaced, got one with ${names.slice(0, 3).join(", ")}`);
  }
  await rm(path, { recursive: true, force: true });
  for await (const [name, bytes] of files) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), bytes);
  }
}

/** Why a file can't be written, as an error that names it. */
export function writeError(path: string, cause: unknown): Error {
  const reason = reasonOf(cause);
  if (cause instanceof TypeError) return new TypeError(`Cannot write ${path}: ${reason}`, { cause });
  if (cause instanceof RangeError) return new RangeError(`Cannot write ${path}: ${reason}`, { cause });
  return new ImageFileError(`Cannot write ${path}: ${reason}`, { cause });
}
