import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { imread } from "bioengine";

const sample = join(fileURLToPath(import.meta.url), "../../../../notebooks/data/img2d.tif");
// About 240 nuclei in 512 × 512 pixels, of the size that the networks know.
const scale = 0.63;

function percentile(values, share) {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.round(share * (sorted.length - 1))];
}

/**
 * StarDist's sample of fluorescent nuclei, smaller, and again and again turned and mirrored until it fills a square.
 *
 * @returns [side, side] float32, percentiles 1 and 99.8 brought to 0 and 1
 */
export async function nuclei(side) {
  const image = await imread(sample);
  const [height, width] = image.shape;
  const values = image.astype("float32").data;
  const [low, high] = [percentile(values, 0.01), percentile(values, 0.998)];
  const tile = Math.floor(Math.min(height, width) * scale);
  const result = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let [row, column] = [y % tile, x % tile];
      const turn = (Math.floor(y / tile) * 5 + Math.floor(x / tile) * 3) % 8;
      if (turn & 1) row = tile - 1 - row;
      if (turn & 2) column = tile - 1 - column;
      if (turn & 4) [row, column] = [column, row];
      const [sourceY, sourceX] = [row / scale, column / scale];
      const [top, left] = [Math.floor(sourceY), Math.floor(sourceX)];
      const [down, across] = [sourceY - top, sourceX - left];
      const at = (i, j) => values[Math.min(i, height - 1) * width + Math.min(j, width - 1)];
      const upper = at(top, left) * (1 - across) + at(top, left + 1) * across;
      const lower = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across;
      result[y * side + x] = (upper * (1 - down) + lower * down - low) / (high - low);
    }
  }
  return result;
}
