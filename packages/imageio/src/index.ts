export { ImageFileError } from "./imagefileerror";
export { imread } from "./imread";
export { imwrite } from "./imwrite";
export { readPickle } from "./pickle";
