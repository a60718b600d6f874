import { type Polygon, sharedArea, starPolygon } from "./polygon";
import { pickObjects, type StarObjects } from "./starobjects";

const CELL = 32;

/** Finds the kept polygons near a box: a grid of cells that list the polygons whose boxes touch them. */
class PolygonGrid {
  private readonly cells = new Map<number, Polygon[]>();
  private readonly rows: number;
  private readonly columns: number;

  constructor(height: number, width: number) {
    this.rows = Math.ceil(height / CELL);
    this.columns = Math.ceil(width / CELL);
  }

  /** What sticks out of the image counts to the cells at its border. */
  private *keys({ top, bottom, left, right }: Polygon): Generator<number> {
    const cell = (position: number, cells: number) =>
      Math.min(Math.max(Math.floor(position / CELL), 0), cells - 1);
    const [lastRow, lastColumn] = [cell(bottom, this.rows), cell(right, this.columns)];
    for (let row = cell(top, this.rows); row <= lastRow; row++) {
      for (let column = cell(left, this.columns); column <= lastColumn; column++)
        yield row * this.columns + column;
    }
  }

  add(polygon: Polygon): void {
    for (const key of this.keys(polygon)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(polygon);
      else this.cells.set(key, [polygon]);
    }
  }

  /** The polygons that may overlap, each once. */
  near(polygon: Polygon): Set<Polygon> {
    const found = new Set<Polygon>();
    for (const key of this.keys(polygon)) for (const other of this.cells.get(key) ?? []) found.add(other);
    return found;
  }
}

const boxesOverlap = (a: Polygon, b: Polygon): number =>
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)) *
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left));

/**
 * Greedy non-maximum suppression: the most probable candidates first, a candidate is dropped when it shares more
 * than `threshold` of the smaller polygon's area with one that was kept (StarDist's criterion, Schmidt et al. 2018).
 *
 * @param objects in any order; not modified
 * @param threshold largest share of the smaller polygon that two objects may have in common, 0 to 1
 * @returns copies of the objects that stay, most probable first
 */
export function suppress(objects: StarObjects, threshold: number): StarObjects {
  const { count, rays, probability, distances } = objects;
  const grid = new PolygonGrid(
    1 + objects.y.reduce((a, b) => Math.max(a, b), 0),
    1 + objects.x.reduce((a, b) => Math.max(a, b), 0),
  );
  const kept: number[] = [];
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (const object of order.sort((a, b) => probability[b] - probability[a])) {
    const reach = Float64Array.from(distances.subarray(object * rays, (object + 1) * rays));
    const polygon = starPolygon(objects.y[object], objects.x[object], reach);
    if (polygon.area === 0) continue;
    let dropped = false;
    for (const other of grid.near(polygon)) {
      const limit = threshold * Math.min(polygon.area, other.area);
      // The boxes bound what the polygons can share.
      if (boxesOverlap(polygon, other) <= limit || sharedArea(polygon, other) <= limit) continue;
      dropped = true;
      break;
    }
    if (dropped) continue;
    grid.add(polygon);
    kept.push(object);
  }
  return pickObjects(objects, Int32Array.from(kept));
}
