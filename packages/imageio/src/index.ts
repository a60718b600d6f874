export { ImageFileError } from "./imagefileerror";
export { type ImreadOptions, imread } from "./imread";
export { imwrite, writeNpz } from "./imwrite";
export { readNpz } from "./npz";
export type { ImageLevel, OpenedImage, ReadRange } from "./openedimage";
export { type OpenImageOptions, openImage } from "./openimage";
export { readPickle } from "./pickle";
