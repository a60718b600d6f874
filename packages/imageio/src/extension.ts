/** The file formats that are written, by extension. */
export type Format = "png" | "jpeg" | "tiff";

const formats: Record<string, Format> = { png: "png", jpg: "jpeg", jpeg: "jpeg", tif: "tiff", tiff: "tiff" };

/** The extension of a path, without the dot and in lower case; empty if there is none. */
export const extensionOf = (path: string): string => path.match(/\.([^./\\]+)$/)?.[1]?.toLowerCase() ?? "";

/** The format that a path's extension names; undefined for any other. */
export const formatOf = (path: string): Format | undefined => formats[extensionOf(path)];
