import type { Contents } from "@jupyterlab/services";

/** How many folders below the notebook's are looked into: a folder of data sets may hold thousands. */
const MAX_FOLDERS = 8;

/**
 * Whether a file or folder has a name that `imread` reads.
 *
 * @example
 * isImageFile("brain.nii.gz"); // true
 */
export function isImageFile(name: string): boolean {
  return /\.(tiff?|png|jpe?g|webp|gif|npy|npz|nii(\.gz)?|zarr)$/i.test(name);
}

/**
 * The images in a folder and in the folders directly below it.
 *
 * @param folder path from the server's root, "" for the root itself
 * @returns paths from `folder`, as a cell of a notebook there writes them
 */
export async function imageFilesIn(
  contents: Pick<Contents.IManager, "get">,
  folder: string,
): Promise<string[]> {
  const top = await listing(contents, folder);
  const folders = top.filter(({ type, name }) => type === "directory" && !isImageFile(name));
  const below = await Promise.all(
    folders.slice(0, MAX_FOLDERS).map(async ({ name, path }) => {
      const files = await listing(contents, path);
      return files.map((file) => `${name}/${file.name}`);
    }),
  );
  return [...top.map(({ name }) => name), ...below.flat()].filter(isImageFile);
}

async function listing(contents: Pick<Contents.IManager, "get">, path: string): Promise<Contents.IModel[]> {
  const { content } = await contents.get(path, { type: "directory", content: true });
  return [...content].sort((a: Contents.IModel, b: Contents.IModel) => a.name.localeCompare(b.name));
}
