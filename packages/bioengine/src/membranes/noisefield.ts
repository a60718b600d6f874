import type { Random } from "@bioengine/engine";

const smooth = (share: number): number => share * share * (3 - 2 * share);

/**
 * A square of smooth noise: random values on a lattice, and between them a blend.
 *
 * @param size pixels along each side
 * @param spacing of the lattice in pixels, i.e. half of the noise's wavelength
 * @returns `[size, size]` in C order, -1 to 1
 */
export function noiseField(random: Random, size: number, spacing: number): Float32Array {
  const width = Math.ceil(size / spacing) + 2;
  const lattice = Float32Array.from({ length: width * width }, () => 2 * random() - 1);
  // Else the lattice would begin in the corner of each image.
  const [left, top] = [random(), random()];
  const field = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const v = y / spacing + top;
    const row = Math.floor(v);
    const down = smooth(v - row);
    for (let x = 0; x < size; x++) {
      const u = x / spacing + left;
      const column = Math.floor(u);
      const right = smooth(u - column);
      const at = row * width + column;
      const upper = lattice[at] + right * (lattice[at + 1] - lattice[at]);
      const lower = lattice[at + width] + right * (lattice[at + width + 1] - lattice[at + width]);
      field[y * size + x] = upper + down * (lower - upper);
    }
  }
  return field;
}
