/** The file formats that are written. */
export type Format = "png" | "jpeg" | "webp" | "tiff" | "ome" | "npy" | "npz" | "zarr";

const formats: readonly (readonly [end: string, format: Format])[] = [
  [".ome.tif", "ome"],
  [".ome.tiff", "ome"],
  [".tif", "tiff"],
  [".tiff", "tiff"],
  [".png", "png"],
  [".jpg", "jpeg"],
  [".jpeg", "jpeg"],
  [".webp", "webp"],
  [".npy", "npy"],
  [".npz", "npz"],
  [".zarr", "zarr"],
];

/** The ends of file names that say a format. */
export const extensions: readonly string[] = formats.map(([end]) => end);

/** The extension of a path, without the dot and in lower case; empty if there is none. */
export const extensionOf = (path: string): string => path.match(/\.([^./\\]+)$/)?.[1]?.toLowerCase() ?? "";

/** The format that a path's end names; undefined for any other. */
export const formatOf = (path: string): Format | undefined =>
  formats.find(([end]) => path.toLowerCase().endsWith(end))?.[1];
