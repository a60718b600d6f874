import type { Region } from "./stardist/starobjects";
import type { Tile } from "./tile";

/** How far outside a tile's core an object's centre may lie, as a share of the margin: neighbours may disagree by that. */
const DOUBT = 0.25;
/** Two that share more than this of the smaller one are the same object. */
const SAME = 0.5;

/** What is known of the objects of one tile; index 0 is unused. */
interface TileObjects {
  readonly area: Int32Array;
  /** Sums of coordinates within the tile's outer region. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** 1 where the object reaches an edge at which the tile cut it off. */
  readonly cut: Uint8Array;
}

function objectsOf(
  labels: Int32Array,
  outer: Region,
  count: number,
  height: number,
  width: number,
): TileObjects {
  const [rows, columns] = [outer.bottom - outer.top, outer.right - outer.left];
  const [area, cut] = [new Int32Array(count + 1), new Uint8Array(count + 1)];
  const [ySum, xSum] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  const firstRow = outer.top > 0 ? 0 : -1;
  const lastRow = outer.bottom < height ? rows - 1 : -1;
  const firstColumn = outer.left > 0 ? 0 : -1;
  const lastColumn = outer.right < width ? columns - 1 : -1;
  for (let y = 0, pixel = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, pixel++) {
      const label = labels[pixel];
      if (label === 0) continue;
      area[label]++;
      ySum[label] += y;
      xSum[label] += x;
      if (y === firstRow || y === lastRow || x === firstColumn || x === lastColumn) cut[label] = 1;
    }
  }
  return { area, y: ySum, x: xSum, cut };
}

/** Which objects have their centres in the tile's core, or so near to it that a neighbour may think they are here. */
function ownedBy({ core, outer }: Tile, { area, y, x }: TileObjects): Uint8Array {
  const [top, left] = [
    core.top - DOUBT * (core.top - outer.top),
    core.left - DOUBT * (core.left - outer.left),
  ];
  const bottom = core.bottom + DOUBT * (outer.bottom - core.bottom);
  const right = core.right + DOUBT * (outer.right - core.right);
  const owned = new Uint8Array(area.length);
  for (let label = 1; label < area.length; label++) {
    const [row, column] = [outer.top + y[label] / area[label], outer.left + x[label] / area[label]];
    if (row >= top && row < bottom && column >= left && column < right) owned[label] = 1;
  }
  return owned;
}

/** Call for each labelled pixel of a tile, with its index in the whole image. */
function forEachPixel(
  labels: Int32Array,
  { top, left, bottom, right }: Region,
  width: number,
  call: (label: number, pixel: number) => void,
): void {
  for (let y = top, position = 0; y < bottom; y++) {
    const row = y * width;
    for (let x = left; x < right; x++, position++)
      if (labels[position] !== 0) call(labels[position], row + x);
  }
}

/** The labels of a large image, put together from tiles that overlap. */
export class LabelCanvas {
  /** `[y, x]`, 0 = background; an object that later ones covered wholly leaves a gap in the numbers. */
  readonly labels: Int32Array;
  private readonly areas: number[] = [0];
  private readonly cut: boolean[] = [false];

  constructor(
    private readonly height: number,
    private readonly width: number,
  ) {
    this.labels = new Int32Array(height * width);
  }

  /**
   * Add the objects whose centres lie in a tile's core. One that a neighbour has brought already is left out, and
   * the parts of one that no tile shows whole are joined.
   *
   * @param labels of the tile's outer region, 0 = background, 1 .. count
   */
  place(labels: Int32Array, tile: Tile, count: number): void {
    const objects = objectsOf(labels, tile.outer, count, this.height, this.width);
    const targets = this.targetsOf(labels, tile, objects);
    forEachPixel(labels, tile.outer, this.width, (label, pixel) => {
      const target = targets[label];
      if (target === 0 || this.labels[pixel] !== 0) return;
      this.labels[pixel] = target;
      this.areas[target]++;
    });
  }

  /** The label that each object of a tile gets on the canvas; 0 if it is not to be drawn. */
  private targetsOf(labels: Int32Array, tile: Tile, objects: TileObjects): Int32Array {
    const owned = ownedBy(tile, objects);
    const shared = this.sharedAreas(labels, tile.outer, owned);
    const visible = this.visibleAreas(tile.outer);
    const targets = new Int32Array(owned.length);
    for (let label = 1; label < owned.length; label++) {
      if (owned[label] === 0) continue;
      const same = [...(shared.get(label) ?? [])].find(([drawn, area]) => {
        const known = this.cut[drawn] ? (visible.get(drawn) ?? 0) : this.areas[drawn];
        return area > SAME * Math.min(objects.area[label], known);
      })?.[0];
      if (same === undefined) {
        targets[label] = this.areas.push(0) - 1;
        this.cut.push(objects.cut[label] === 1);
      } else if (this.cut[same]) {
        targets[label] = same;
        this.cut[same] = objects.cut[label] === 1;
      }
    }
    return targets;
  }

  /** Pixels that each owned object of a tile shares with each drawn one. */
  private sharedAreas(
    labels: Int32Array,
    outer: Region,
    owned: Uint8Array,
  ): Map<number, Map<number, number>> {
    const shared = new Map<number, Map<number, number>>();
    forEachPixel(labels, outer, this.width, (label, pixel) => {
      const drawn = this.labels[pixel];
      if (drawn === 0 || owned[label] === 0) return;
      const areas = shared.get(label) ?? new Map<number, number>();
      shared.set(label, areas);
      areas.set(drawn, (areas.get(drawn) ?? 0) + 1);
    });
    return shared;
  }

  /** Pixels of each drawn object within a region. */
  private visibleAreas({ top, left, bottom, right }: Region): Map<number, number> {
    const areas = new Map<number, number>();
    for (let y = top; y < bottom; y++) {
      for (let pixel = y * this.width + left, end = y * this.width + right; pixel < end; pixel++) {
        const drawn = this.labels[pixel];
        if (drawn !== 0) areas.set(drawn, (areas.get(drawn) ?? 0) + 1);
      }
    }
    return areas;
  }
}
