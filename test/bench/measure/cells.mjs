// A seeded microscopy field: elliptic cells with uneven outlines, one in each square of a grid, on noise.
import { NdArray } from "bioengine";

function randomOf(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function drawCell(labels, size, label, centreY, centreX, random) {
  const [a, b, angle] = [12 + 8 * random(), 8 + 6 * random(), Math.PI * random()];
  const [waves, phase] = [2 + Math.floor(4 * random()), 2 * Math.PI * random()];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  for (let y = Math.ceil(centreY - 23); y < centreY + 23; y++) {
    for (let x = Math.ceil(centreX - 23); x < centreX + 23; x++) {
      const along = (y - centreY) * cosine + (x - centreX) * sine;
      const across = (x - centreX) * cosine - (y - centreY) * sine;
      const edge = 1 + 0.12 * Math.sin(waves * Math.atan2(across / b, along / a) + phase);
      if (Math.hypot(along / a, across / b) < edge) labels[y * size + x] = label;
    }
  }
}

/**
 * About a cell for each 45 × 45 pixels.
 *
 * @returns `labels` int32 and `image` uint16, `[size, size]`
 */
export function drawCells(size) {
  const random = randomOf(7);
  const labels = new Int32Array(size * size);
  const perSide = Math.floor(size / 45);
  const pitch = size / perSide;
  for (let cell = 0; cell < perSide * perSide; cell++) {
    const [row, column] = [Math.floor(cell / perSide), cell % perSide];
    const [y, x] = [(row + 0.52 + 0.03 * random()) * pitch, (column + 0.52 + 0.03 * random()) * pitch];
    drawCell(labels, size, cell + 1, y, x, random);
  }
  const values = Uint16Array.from(labels, (label) => 200 + (label > 0 ? 1500 : 0) + 400 * random());
  return {
    labels: new NdArray({ dtype: "int32", shape: [size, size], buffer: labels }),
    image: new NdArray({ dtype: "uint16", shape: [size, size], buffer: values }),
  };
}

/** The field `times` times along both axes, each cell with its own label. */
export function tiled(labels, times) {
  const [side] = labels.shape;
  const cells = labels.max();
  const size = side * times;
  const tiles = new Int32Array(size * size);
  for (let row = 0; row < size; row++) {
    const from = (row % side) * side;
    for (let tile = 0; tile < times; tile++) {
      const offset = (Math.floor(row / side) * times + tile) * cells;
      const to = row * size + tile * side;
      for (let x = 0; x < side; x++) {
        const label = labels.data[from + x];
        if (label > 0) tiles[to + x] = label + offset;
      }
    }
  }
  return new NdArray({ dtype: "int32", shape: [size, size], buffer: tiles });
}
