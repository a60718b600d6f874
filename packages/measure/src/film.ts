import type { NdArray } from "@bioengine/ndarray";

/** Whether an array is known to have time as its first axis. */
export const isFilm = (array: NdArray): boolean => array?.axes?.startsWith("T") === true;
