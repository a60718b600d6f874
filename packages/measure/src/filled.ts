import { maskOf, type Region } from "./region";

/** Pixels of the region with its holes filled; a hole that opens over a corner is none (scikit-image's `area_filled`). */
export function filledCount(region: Region): number {
  const { mask, rows, columns } = maskOf(region, 1);
  let outside = 1;
  const stack = [0];
  mask[0] = 2;
  for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
    const [y, x] = [Math.floor(cell / columns), cell % columns];
    for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column++) {
        const next = row * columns + column;
        if (mask[next] !== 0) continue;
        mask[next] = 2;
        outside++;
        stack.push(next);
      }
    }
  }
  return rows * columns - outside;
}
