import type { Lattice } from "./lattice";

/** The labels in a frame of background one pixel wide, which no ray can step over. */
function framed(labels: Int32Array, height: number, width: number): Int32Array {
  const result = new Int32Array((height + 2) * (width + 2));
  for (let y = 0; y < height; y++) {
    result.set(labels.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1);
  }
  return result;
}

/**
 * How far each ray goes within its pixel's object, as `star_dist` of StarDist 0.9.2: steps of one pixel, up to the
 * first whose nearest pixel has another label or is outside; then back to that pixel's border, about.
 *
 * @param labels `[y, x]` int32, values below 1 are background; not modified
 * @param rows of the pixels whose rays are wanted
 * @param columns of the same
 * @param rays ray k points at 2πk / rays with (sin, cos) = (y, x)
 * @returns `[ray, row, column]` pixels of the labels, 0 in the background
 */
export function starDistances(
  labels: Int32Array,
  height: number,
  width: number,
  rows: Lattice,
  columns: Lattice,
  rays: number,
): Float32Array {
  const image = framed(labels, height, width);
  const side = width + 2;
  const result = new Float32Array(rays * rows.count * columns.count);
  const steps = new Int32Array(Math.ceil(Math.hypot(height, width)) + 2);
  for (let ray = 0, pixel = 0; ray < rays; ray++) {
    // In float32, as StarDist walks.
    const angle = Math.fround(ray * Math.fround((2 * Math.PI) / rays));
    const [down, right] = [Math.fround(Math.sin(angle)), Math.fround(Math.cos(angle))];
    for (let step = 0, y = 0, x = 0; step < steps.length; step++) {
      steps[step] = Math.round(y) * side + Math.round(x);
      y = Math.fround(y + down);
      x = Math.fround(x + right);
    }
    const beyond = 1 - 0.5 / Math.max(Math.abs(down), Math.abs(right));
    for (let row = 0; row < rows.count; row++) {
      const start = (rows.start + row * rows.step + 1) * side + columns.start + 1;
      for (let column = 0; column < columns.count; column++, pixel++) {
        const place = start + column * columns.step;
        const label = image[place];
        if (label <= 0) continue;
        let step = 1;
        while (image[place + steps[step]] === label) step++;
        result[pixel] = step - beyond;
      }
    }
  }
  return result;
}
