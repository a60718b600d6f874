/**
 * Thin a mask in two passes in turn, until none takes a pixel more.
 *
 * @param data `[y, x]`, 0 and 1; not modified
 * @param table for each set of neighbours, a bit for each from above on clockwise, in which of the two passes a pixel goes
 * @param turns at most so many times both passes
 */
export function thinByTable(
  data: Uint8Array,
  [height, width]: readonly number[],
  table: Uint8Array,
  turns: number = Number.POSITIVE_INFINITY,
): Uint8Array {
  const row = width + 2;
  const steps = [-row, 1 - row, 1, row + 1, row, row - 1, -1, -row - 1];
  const cells = new Uint8Array(row * (height + 2));
  for (let y = 0; y < height; y++) cells.set(data.subarray(y * width, (y + 1) * width), (y + 1) * row + 1);
  const left = new Int32Array(data.length);
  const gone = new Int32Array(data.length);
  let count = 0;
  for (let cell = 0; cell < cells.length; cell++) if (cells[cell] === 1) left[count++] = cell;
  for (let before = -1, turn = 0; before !== count && turn < turns; turn++) {
    before = count;
    for (const pass of [1, 2]) {
      let [kept, leaving] = [0, 0];
      for (let i = 0; i < count; i++) {
        const cell = left[i];
        let set = 0;
        for (let bit = 0; bit < 8; bit++) set |= cells[cell + steps[bit]] << bit;
        if (table[set] & pass) gone[leaving++] = cell;
        else left[kept++] = cell;
      }
      for (let i = 0; i < leaving; i++) cells[gone[i]] = 0;
      count = kept;
    }
  }
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    result.set(cells.subarray((y + 1) * row + 1, (y + 1) * row + 1 + width), y * width);
  }
  return result;
}
