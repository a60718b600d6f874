/**
 * Follow the flows from every foreground pixel to where they end (Stringer et al. 2021, cellpose's
 * `follow_flows` with bilinear interpolation).
 *
 * @param flows `[2, y, x]` float32 in C order, y before x, in fifths of a pixel a step as the network gives them
 * @param foreground indices of the pixels to start from
 * @param steps number of Euler steps
 * @returns index of the end pixel of each start
 */
export function followFlows(
  flows: Float32Array,
  foreground: Int32Array,
  height: number,
  width: number,
  steps: number,
): Int32Array {
  const size = height * width;
  // y and x interleaved, and background at rest: one cache line a corner, and no flow leaks in from outside.
  const field = new Float32Array(2 * size);
  for (const pixel of foreground) {
    field[2 * pixel] = flows[pixel] / 5;
    field[2 * pixel + 1] = flows[size + pixel] / 5;
  }
  const ends = new Int32Array(foreground.length);
  const [bottom, right] = [height - 1, width - 1];
  for (let start = 0; start < foreground.length; start++) {
    const pixel = foreground[start];
    let y = (pixel / width) | 0;
    let x = pixel - y * width;
    for (let step = 0; step < steps; step++) {
      const top = y | 0;
      const left = x | 0;
      const [fy, fx] = [y - top, x - left];
      const a = (top * width + left) * 2;
      const b = left < right ? a + 2 : a;
      const down = top < bottom ? 2 * width : 0;
      const wd = fy * fx;
      const wc = fy - wd;
      const wb = fx - wd;
      const wa = 1 - fy - wb;
      const dy = field[a] * wa + field[b] * wb + field[a + down] * wc + field[b + down] * wd;
      const dx = field[a + 1] * wa + field[b + 1] * wb + field[a + down + 1] * wc + field[b + down + 1] * wd;
      y = Math.min(Math.max(y + dy, 0), bottom);
      x = Math.min(Math.max(x + dx, 0), right);
      // At rest: all the steps left would move it by less than a hundredth of a pixel.
      if (dy * dy + dx * dx < 1e-9) break;
    }
    ends[start] = (y | 0) * width + (x | 0);
  }
  return ends;
}
