import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { ImageFileError } from "./imagefileerror";
import { reasonOf } from "./reason";

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

/** Why a file can't be written, as an error that names it. */
export function writeError(path: string, cause: unknown): Error {
  const reason = reasonOf(cause);
  if (cause instanceof RangeError) return new RangeError(`Cannot write ${path}: ${reason}`, { cause });
  return new ImageFileError(`Cannot write ${path}: ${reason}`, { cause });
}
