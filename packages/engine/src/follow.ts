/**
 * Follow the flows from every foreground pixel to where they end (Stringer et al. 2021, cellpose's `follow_flows` with
 * bilinear interpolation). Positions and steps are rounded to float32 as there, so that paths end in the same pixels;
 * it also brings nearly all of them to rest, to the last bit, long before the last step.
 *
 * @param flows `[2, y, x]` float32 in C order, y before x, in fifths of a pixel a step as the network gives them
 * @param foreground indices of the pixels to start from; their flows are finite, and those of all others count as 0
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
  // y and x interleaved: one cache line a corner.
  const field = new Float32Array(2 * size);
  for (const pixel of foreground) {
    field[2 * pixel] = flows[pixel] / 5;
    field[2 * pixel + 1] = flows[size + pixel] / 5;
  }
  const ends = new Int32Array(foreground.length);
  const bottom = height - 1;
  const right = width - 1;
  for (let start = 0; start < foreground.length; start++) {
    const pixel = foreground[start];
    const row = Math.floor(pixel / width);
    let y = row;
    let x = pixel - row * width;
    for (let step = 0; step < steps; step++) {
      const top = y | 0;
      const left = x | 0;
      const fy = y - top;
      const fx = x - left;
      const a = (top * width + left) * 2;
      const b = left < right ? a + 2 : a;
      const down = top < bottom ? 2 * width : 0;
      const wd = fy * fx;
      const wc = fy - wd;
      const wb = fx - wd;
      const wa = 1 - fy - wb;
      const c = a + down;
      const d = b + down;
      const dy = Math.fround(field[a] * wa + field[b] * wb + field[c] * wc + field[d] * wd);
      const dx = Math.fround(field[a + 1] * wa + field[b + 1] * wb + field[c + 1] * wc + field[d + 1] * wd);
      let nextY = Math.fround(y + dy);
      let nextX = Math.fround(x + dx);
      if (nextY < 0) nextY = 0;
      else if (nextY > bottom) nextY = bottom;
      if (nextX < 0) nextX = 0;
      else if (nextX > right) nextX = right;
      if (nextY === y && nextX === x) break;
      y = nextY;
      x = nextX;
    }
    ends[start] = (y | 0) * width + (x | 0);
  }
  return ends;
}
