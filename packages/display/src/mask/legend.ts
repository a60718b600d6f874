import type { Picture } from "../image/picture";

const leastWidth = 176;

/**
 * Put a legend under a picture, where it hides nothing; a narrow picture gets white beside it.
 *
 * @param legendOf the legend of a width, RGB
 */
export function withLegend(picture: Picture, legendOf: (width: number) => Picture): Picture {
  const width = Math.max(leastWidth, picture.width);
  const legend = legendOf(width);
  const height = picture.height + legend.height;
  const pixels = new Uint8Array(3 * width * height).fill(255);
  const row = 3 * picture.width;
  for (let y = 0; y < picture.height; y++) {
    pixels.set(picture.pixels.subarray(y * row, (y + 1) * row), 3 * y * width);
  }
  pixels.set(legend.pixels, 3 * width * picture.height);
  return { width, height, channels: 3, pixels };
}
