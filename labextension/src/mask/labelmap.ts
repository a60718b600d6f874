import { type LabelRegions, labelRegions } from "./labelregions";

/**
 * A label image with its labels renumbered 0, 1, 2, … without gaps, so that colours and measurements are plain
 * arrays however large the labels are. Of a stack it is one plane at a time; the numbers are the same in all. A label's number in that order is its index; index 0 is the background.
 */
export class LabelMap {
  /** Index of the label at each pixel of the shown plane, row-major. */
  indices: Uint16Array | Uint32Array;
  /** Label of each index, ascending; `labels[0]` is 0. */
  readonly labels: Uint32Array;
  private readonly allIndices: Uint16Array | Uint32Array;
  private shownPlane = 0;
  private regionsOfLabels: LabelRegions | undefined;

  /**
   * @param pixels labels, row-major, 0 = background; the map keeps and renumbers 16-bit ones
   * @param width in pixels
   * @param height in pixels
   * @param planes how many lie one after the other in `pixels`; the first is shown
   */
  constructor(
    pixels: Uint16Array | Uint32Array,
    readonly width: number,
    readonly height: number,
    readonly planes = 1,
  ) {
    this.labels = distinctLabels(pixels);
    this.allIndices =
      this.labels.length <= 65536 ? renumber16(pixels, this.labels) : renumber(pixels, this.labels);
    this.indices = this.planeIndices(0);
  }

  /** The shown plane, from 0. */
  get plane(): number {
    return this.shownPlane;
  }

  showPlane(plane: number): void {
    this.shownPlane = plane;
    this.indices = this.planeIndices(plane);
    this.regionsOfLabels = undefined;
  }

  /** The plane that has a label index and is nearest to the shown one. */
  planeWith(index: number): number {
    const byDistance = [...Array(this.planes).keys()].sort(
      (a, b) => Math.abs(a - this.shownPlane) - Math.abs(b - this.shownPlane),
    );
    return byDistance.find((plane) => this.planeIndices(plane).includes(index)) ?? this.shownPlane;
  }

  /** How many labels the mask has, without the background. */
  get count(): number {
    return this.labels.length - 1;
  }

  /** The index at a position, 0 outside the mask. */
  indexAt(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const inside = column >= 0 && row >= 0 && column < this.width && row < this.height;
    return inside ? this.indices[row * this.width + column] : 0;
  }

  /** The index of a label, 0 if the mask does not have it. */
  indexOf(label: number): number {
    let low = 1;
    let high = this.labels.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.labels[middle] === label) return middle;
      if (this.labels[middle] < label) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }

  /** In the shown plane; measured on first use, so that the first paint does not wait for it. */
  get regions(): LabelRegions {
    this.regionsOfLabels ??= labelRegions(this.indices, this.width, this.labels.length);
    return this.regionsOfLabels;
  }

  private planeIndices(plane: number): Uint16Array | Uint32Array {
    const pixels = this.width * this.height;
    return this.allIndices.subarray(plane * pixels, (plane + 1) * pixels);
  }
}

function distinctLabels(pixels: Uint16Array | Uint32Array): Uint32Array {
  if (pixels instanceof Uint16Array) {
    const present = new Uint8Array(65536);
    for (let i = 0; i < pixels.length; i++) present[pixels[i]] = 1;
    present[0] = 1;
    return Uint32Array.from(present.keys()).filter((label) => present[label] === 1);
  }
  const present = new Set([0]);
  for (let i = 0, previous = 0; i < pixels.length; i++) {
    if (pixels[i] === previous) continue;
    previous = pixels[i];
    present.add(previous);
  }
  return Uint32Array.from(present).sort();
}

function renumber16(pixels: Uint16Array | Uint32Array, labels: Uint32Array): Uint16Array {
  if (pixels instanceof Uint32Array) {
    const indices = new Uint16Array(pixels.length);
    fillIndices(pixels, labels, indices);
    return indices;
  }
  if (labels[labels.length - 1] === labels.length - 1) return pixels;
  const indexOf = new Uint16Array(65536);
  for (let index = 0; index < labels.length; index++) indexOf[labels[index]] = index;
  for (let i = 0; i < pixels.length; i++) pixels[i] = indexOf[pixels[i]];
  return pixels;
}

function renumber(pixels: Uint16Array | Uint32Array, labels: Uint32Array): Uint32Array {
  const indices = new Uint32Array(pixels.length);
  fillIndices(pixels, labels, indices);
  return indices;
}

function fillIndices(
  pixels: Uint16Array | Uint32Array,
  labels: Uint32Array,
  indices: Uint16Array | Uint32Array,
): void {
  const indexOf = new Map<number, number>();
  labels.forEach((label, index) => {
    indexOf.set(label, index);
  });
  for (let i = 0, previous = 0, index = 0; i < pixels.length; i++) {
    if (pixels[i] !== previous) {
      previous = pixels[i];
      index = indexOf.get(previous) ?? 0;
    }
    indices[i] = index;
  }
}
