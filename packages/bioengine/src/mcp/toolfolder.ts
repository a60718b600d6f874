import { basename, join, resolve } from "node:path";

const isUrl = (path: string): boolean => /^https?:\/\//.test(path);

/** A path of a tool's call: relative ones lie in the folder that the server runs in; URLs stay. */
export const placeOf = (path: string): string => (isUrl(path) ? path : resolve(path));

/**
 * Where the mask of an image is written unless the call says: beside the image, with the model in its name, so that a
 * mask that somebody drew is never replaced; of an image from the web, in the folder that the server runs in.
 *
 * @example
 * maskPathBeside("/data/nuclei.ome.tif", "stardist"); // "/data/nuclei-stardist-mask.tif"
 */
export function maskPathBeside(imagePath: string, modelName: string): string {
  const path = imagePath.replace(/[/\\]+$/, "");
  const stem = basename(path).replace(/(\.ome)?\.[^.]+(\.gz)?$/i, "");
  return join(isUrl(path) ? resolve() : resolve(path, ".."), `${stem}-${modelName}-mask.tif`);
}
