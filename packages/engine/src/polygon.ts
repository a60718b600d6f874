/** A star-convex polygon, with the spans in which rows half a pixel apart cross it. */
export interface Polygon {
  /** Vertices. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Box. */
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly area: number;
  /** Number of the first row: row r lies at y = r / 2. */
  readonly firstRow: number;
  /** Sorted crossings of each row: starts and ends of spans in turn. */
  readonly rows: readonly Float64Array[];
}

const ROWS_PER_PIXEL = 2;

/** Sorted x at which the polygon's outline crosses a row. */
export function crossings(y: Float64Array, x: Float64Array, row: number): Float64Array {
  const found: number[] = [];
  for (let i = 0, before = y.length - 1; i < y.length; before = i++) {
    if (y[i] > row !== y[before] > row) {
      found.push(x[i] + ((row - y[i]) / (y[before] - y[i])) * (x[before] - x[i]));
    }
  }
  return Float64Array.from(found).sort();
}

/** The polygon around a centre whose ray k points at the angle 2πk / n, with (sin, cos) = (y, x). */
export function starPolygon(centreY: number, centreX: number, distances: Float64Array): Polygon {
  const rays = distances.length;
  const [y, x] = [new Float64Array(rays), new Float64Array(rays)];
  let [top, bottom, left, right] = [centreY, centreY, centreX, centreX];
  for (let ray = 0; ray < rays; ray++) {
    const angle = (2 * Math.PI * ray) / rays;
    y[ray] = centreY + distances[ray] * Math.sin(angle);
    x[ray] = centreX + distances[ray] * Math.cos(angle);
    top = Math.min(top, y[ray]);
    bottom = Math.max(bottom, y[ray]);
    left = Math.min(left, x[ray]);
    right = Math.max(right, x[ray]);
  }
  const firstRow = Math.ceil(top * ROWS_PER_PIXEL);
  const lastRow = Math.floor(bottom * ROWS_PER_PIXEL);
  const rows: Float64Array[] = [];
  let area = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const spans = crossings(y, x, row / ROWS_PER_PIXEL);
    for (let i = 0; i + 1 < spans.length; i += 2) area += spans[i + 1] - spans[i];
    rows.push(spans);
  }
  return { y, x, top, bottom, left, right, area: area / ROWS_PER_PIXEL, firstRow, rows };
}

/** Area that two polygons share, in px², measured on their rows. */
export function sharedArea(a: Polygon, b: Polygon): number {
  const from = Math.max(a.firstRow, b.firstRow);
  const to = Math.min(a.firstRow + a.rows.length, b.firstRow + b.rows.length);
  let area = 0;
  for (let row = from; row < to; row++) {
    const [p, q] = [a.rows[row - a.firstRow], b.rows[row - b.firstRow]];
    for (let i = 0; i + 1 < p.length; i += 2) {
      for (let j = 0; j + 1 < q.length; j += 2) {
        const overlap = Math.min(p[i + 1], q[j + 1]) - Math.max(p[i], q[j]);
        if (overlap > 0) area += overlap;
      }
    }
  }
  return area / ROWS_PER_PIXEL;
}

/** Write `label` into every pixel whose centre lies in the polygon. */
export function paintPolygon(
  labels: Int32Array,
  height: number,
  width: number,
  polygon: Polygon,
  label: number,
): void {
  const last = Math.min(height - 1, Math.floor(polygon.bottom));
  for (let y = Math.max(0, Math.ceil(polygon.top)); y <= last; y++) {
    const spans = polygon.rows[y * ROWS_PER_PIXEL - polygon.firstRow];
    for (let i = 0; i + 1 < spans.length; i += 2) {
      const end = Math.min(width - 1, Math.floor(spans[i + 1]));
      labels.fill(label, y * width + Math.max(0, Math.ceil(spans[i])), y * width + Math.max(0, end + 1));
    }
  }
}
