import { labelColors, PALETTE_SIZE } from "@bioengine/mime";
import type { Picture } from "../image/picture";

/** Red, green and blue of a label, 0 to 255. */
export type ColorOf = (label: number) => ArrayLike<number>;

const palette = labelColors(PALETTE_SIZE);
const labelColor: ColorOf = (label) => {
  const start = 4 * (1 + ((label - 1) % PALETTE_SIZE));
  return palette.subarray(start, start + 3);
};

/**
 * Draw labels over a picture of the same size: a tint inside, the full colour along the contour.
 *
 * The contour is the inner boundary of each label (scikit-image `find_boundaries(mode="inner", connectivity=1)`),
 * taken at the size shown so that it stays one pixel wide.
 */
export function overlay(
  picture: Picture,
  labels: Uint32Array,
  { alpha, contours, colorOf = labelColor }: { alpha: number; contours: boolean; colorOf?: ColorOf },
): Picture {
  const { width, height, channels } = picture;
  let shown = 0;
  let colour: ArrayLike<number> = [0, 0, 0];
  const pixels = new Uint8Array(width * height * 3);
  const green = channels === 3 ? 1 : 0;
  const blue = channels === 3 ? 2 : 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const source = i * channels;
      const label = labels[i]!;
      if (label !== shown && label !== 0) {
        shown = label;
        colour = colorOf(label);
      }
      const contour =
        contours &&
        label !== 0 &&
        ((x > 0 && labels[i - 1] !== label) ||
          (x < width - 1 && labels[i + 1] !== label) ||
          (y > 0 && labels[i - width] !== label) ||
          (y < height - 1 && labels[i + width] !== label));
      const weight = label === 0 ? 0 : contour ? 1 : alpha;
      pixels[3 * i] = mix(picture.pixels[source]!, colour[0]!, weight);
      pixels[3 * i + 1] = mix(picture.pixels[source + green]!, colour[1]!, weight);
      pixels[3 * i + 2] = mix(picture.pixels[source + blue]!, colour[2]!, weight);
    }
  }
  return { width, height, channels: 3, pixels };
}

function mix(below: number, above: number, weight: number): number {
  return below + (above - below) * weight + 0.5;
}
