import { statSync } from "node:fs";

/** Whether a path is that of a folder, or of a link to one. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
