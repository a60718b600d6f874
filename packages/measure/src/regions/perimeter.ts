import type { Region } from "./region";

/**
 * Length of the line through the centres of the border pixels, holes included (scikit-image's `perimeter`; Benkrid &
 * Crookes 2000); 2-D.
 */
export const perimeter = ({ outline: { straight, diagonal, mixed } }: Region): number =>
  straight + diagonal * Math.SQRT2 + (mixed * (1 + Math.SQRT2)) / 2;

/** Perimeter by Crofton's formula with four directions (scikit-image's `perimeter_crofton`); 2-D. */
export const croftonPerimeter = ({ outline: { crossings, slants } }: Region): number =>
  (crossings + slants * Math.SQRT1_2) * (Math.PI / 4);
