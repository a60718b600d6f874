import { extentsOf } from "./extent";

/**
 * Fill the holes of every label, in place: pixels inside its box that can't be reached from the box's border over
 * edges (4-connected) without crossing it become its own, other labels included (cellpose's
 * `fill_holes_and_remove_small_masks`).
 *
 * @param labels `[y, x]`, 1 .. count
 */
export function fillHoles(labels: Int32Array, height: number, width: number, count: number): void {
  const { top, left, bottom, right, area } = extentsOf(labels, height, width, count);
  for (let label = 1; label <= count; label++) {
    if (area[label] === 0) continue;
    const [rows, columns] = [bottom[label] - top[label], right[label] - left[label]];
    if (rows < 3 || columns < 3 || area[label] === rows * columns) continue;
    const open = new Uint8Array(rows * columns);
    const stack: number[] = [];
    const visit = (row: number, column: number) => {
      const cell = row * columns + column;
      if (open[cell] || labels[(top[label] + row) * width + left[label] + column] === label) return;
      open[cell] = 1;
      stack.push(cell);
    };
    for (let row = 0; row < rows; row++) {
      visit(row, 0);
      visit(row, columns - 1);
    }
    for (let column = 0; column < columns; column++) {
      visit(0, column);
      visit(rows - 1, column);
    }
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const [row, column] = [(cell / columns) | 0, cell % columns];
      if (row > 0) visit(row - 1, column);
      if (row < rows - 1) visit(row + 1, column);
      if (column > 0) visit(row, column - 1);
      if (column < columns - 1) visit(row, column + 1);
    }
    for (let cell = 0; cell < open.length; cell++) {
      if (!open[cell])
        labels[(top[label] + ((cell / columns) | 0)) * width + left[label] + (cell % columns)] = label;
    }
  }
}
