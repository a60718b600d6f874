import { labelColors, PALETTE_SIZE } from "@bioengine/mime";
import type { Picture } from "./picture";

const palette = labelColors(PALETTE_SIZE);

/**
 * Draw labels over a picture of the same size: a tint inside, the full colour along the contour.
 *
 * The contour is the inner boundary of each label (scikit-image `find_boundaries(mode="inner", connectivity=1)`),
 * taken at the size shown so that it stays one pixel wide.
 */
export function overlay(
  picture: Picture,
  labels: Uint32Array,
  { alpha, contours }: { alpha: number; contours: boolean },
): Picture {
  const { width, height, channels } = picture;
  const pixels = new Uint8Array(width * height * 3);
  const green = channels === 3 ? 1 : 0;
  const blue = channels === 3 ? 2 : 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const source = i * channels;
      const label = labels[i]!;
      const colour = label === 0 ? 0 : 4 * (1 + ((label - 1) % PALETTE_SIZE));
      const contour =
        contours &&
        label !== 0 &&
        ((x > 0 && labels[i - 1] !== label) ||
          (x < width - 1 && labels[i + 1] !== label) ||
          (y > 0 && labels[i - width] !== label) ||
          (y < height - 1 && labels[i + width] !== label));
      const weight = label === 0 ? 0 : contour ? 1 : alpha;
      pixels[3 * i] = mix(picture.pixels[source]!, palette[colour]!, weight);
      pixels[3 * i + 1] = mix(picture.pixels[source + green]!, palette[colour + 1]!, weight);
      pixels[3 * i + 2] = mix(picture.pixels[source + blue]!, palette[colour + 2]!, weight);
    }
  }
  return { width, height, channels: 3, pixels };
}

function mix(below: number, above: number, weight: number): number {
  return below + (above - below) * weight + 0.5;
}
