import type { Floats } from "../image";

function planeEigenvalues([yy, yx, xx]: readonly Floats[], [high, low]: readonly Floats[]): void {
  for (let pixel = 0; pixel < yy.length; pixel++) {
    const middle = (yy[pixel] + xx[pixel]) / 2;
    const half = (yy[pixel] - xx[pixel]) / 2;
    const root = Math.sqrt(yx[pixel] * yx[pixel] + half * half);
    high[pixel] = middle + root;
    low[pixel] = middle - root;
  }
}

// Rotations bring the rest of a matrix to nothing within as many sweeps.
const SWEEPS = 12;

/** Turn a symmetric matrix, `[zz, zy, zx, yy, yx, xx]`, until it is diagonal (Jacobi's method). */
function diagonalize(m: Float64Array): void {
  /** Turn the axes whose diagonal elements are at `a` and `b` and the one between at `ab`; `ac`, `bc`: to the third. */
  const turn = (a: number, b: number, ab: number, ac: number, bc: number): void => {
    if (m[ab] === 0) return;
    const ratio = (m[b] - m[a]) / (2 * m[ab]);
    const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
    const cosine = 1 / Math.sqrt(tangent * tangent + 1);
    const sine = tangent * cosine;
    m[a] -= tangent * m[ab];
    m[b] += tangent * m[ab];
    m[ab] = 0;
    const [first, second] = [m[ac], m[bc]];
    m[ac] = cosine * first - sine * second;
    m[bc] = sine * first + cosine * second;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rest = Math.abs(m[1]) + Math.abs(m[2]) + Math.abs(m[4]);
    if (rest <= 1e-18 * (Math.abs(m[0]) + Math.abs(m[3]) + Math.abs(m[5]))) return;
    turn(0, 3, 1, 2, 4);
    turn(0, 5, 2, 1, 4);
    turn(3, 5, 4, 1, 2);
  }
}

function solidEigenvalues(elements: readonly Floats[], [high, middle, low]: readonly Floats[]): void {
  const matrix = new Float64Array(6);
  for (let pixel = 0; pixel < high.length; pixel++) {
    for (let i = 0; i < 6; i++) matrix[i] = elements[i][pixel];
    diagonalize(matrix);
    const [a, b, c] = [matrix[0], matrix[3], matrix[5]];
    high[pixel] = Math.max(a, b, c);
    low[pixel] = Math.min(a, b, c);
    middle[pixel] = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}

/**
 * The eigenvalues of symmetric matrices, one a pixel (scikit-image's `hessian_matrix_eigvals`).
 *
 * @param elements the upper triangle row by row, of 2 × 2 or 3 × 3
 * @param targets the largest go to the first, and so on to the least; they may be elements
 */
export function putEigenvalues(elements: readonly Floats[], targets: readonly Floats[]): void {
  if (targets.length === 2) planeEigenvalues(elements, targets);
  else solidEigenvalues(elements, targets);
}
