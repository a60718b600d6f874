import { NdArray } from "@bioengine/ndarray";
import { type Floats, floatImage, floatsLike, numbersOf } from "../image";
import { putEigenvalues } from "./eigenvalues";

/** How many elements the upper triangle of a matrix has, by its rows. */
const rowsOf: ReadonlyMap<number, number> = new Map([
  [3, 2],
  [6, 3],
]);

/** The elements as floats of one kind; perhaps their own memory, so not to be written to. */
function checked(action: string, elements: readonly NdArray[]): Floats[] {
  const isList = Array.isArray(elements) && elements.every((element) => element instanceof NdArray);
  const ndim = isList ? rowsOf.get(elements.length) : undefined;
  const shape = isList ? elements[0]?.shape.join() : undefined;
  const isRight = isList && elements.every((one) => one.ndim === ndim && one.shape.join() === shape);
  if (!isRight) {
    const got = isList ? `${elements.length} of ${elements[0]?.ndim ?? 0} axes` : String(elements);
    throw new TypeError(
      `Cannot ${action}: 3 arrays [y, x] or 6 arrays [z, y, x] are needed, got ${got}; use hessianMatrix(image)`,
    );
  }
  const isSingle = elements.every(({ dtype }) => dtype === "float32");
  return elements.map((one) => (isSingle ? (one.data as Float32Array) : numbersOf(one)));
}

/**
 * The eigenvalues of the matrices of `hessianMatrix` (scikit-image's `hessian_matrix_eigvals`): how much an image is
 * curved, in the direction where it is most, and across it.
 *
 * @param elements the upper triangle row by row, 3 arrays `[y, x]` or 6 `[z, y, x]`; not modified
 * @returns `[2, y, x]` or `[3, z, y, x]`, the largest first; float64, or float32 if all elements are
 * @throws {TypeError} if the elements are others
 * @example
 * const [across, along] = hessianMatrixEigvals(hessianMatrix(image, { sigma: 2 }));
 */
export function hessianMatrixEigvals(elements: readonly NdArray[]): NdArray<"float32" | "float64"> {
  const values = checked("find eigenvalues", elements);
  const [{ shape, dimensions, size, ndim }] = elements;
  const all = floatsLike(values[0], ndim * size);
  const targets = shape.map((_, i) => all.subarray(i * size, (i + 1) * size));
  putEigenvalues(values, targets);
  const axes = dimensions && [{ name: "Q" }, ...dimensions];
  return floatImage(all, { shape: [ndim, ...shape], dimensions: axes });
}

/**
 * The eigenvalues of the matrices of `structureTensor` (scikit-image's `structure_tensor_eigenvalues`).
 *
 * @param elements the upper triangle row by row, 3 arrays `[y, x]` or 6 `[z, y, x]`; not modified
 * @returns `[2, y, x]` or `[3, z, y, x]`, the largest first; float64, or float32 if all elements are
 * @throws {TypeError} if the elements are others
 * @example
 * const [steep, flat] = structureTensorEigenvalues(structureTensor(image, { sigma: 2 }));
 */
export const structureTensorEigenvalues = (elements: readonly NdArray[]): NdArray<"float32" | "float64"> =>
  hessianMatrixEigvals(elements);
