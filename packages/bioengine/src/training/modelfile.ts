import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

/**
 * Make the folder that a model is to be saved in, before hours have gone into the model.
 *
 * @throws {Error} if it can't be made
 */
export async function makeModelFolder(path: string, action: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot ${action}: outputDir must be a folder, got ${path}: ${reason}`, { cause });
  }
}

/**
 * Save a model, whole or not at all; a file of that name is replaced.
 *
 * @param name as the server gave it; folders in it are left out
 * @returns the file's path
 */
export async function saveModel(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, basename(name));
  await writeFile(`${path}.unfinished`, bytes);
  await rename(`${path}.unfinished`, path);
  return path;
}
