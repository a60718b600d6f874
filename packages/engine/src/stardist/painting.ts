import type { StarObjects } from "./starobjects";

/** Fills polygons with labels, row by row. */
class PolygonPainter {
  private readonly crossings: Float64Array;

  constructor(
    private readonly labels: Int32Array,
    private readonly height: number,
    private readonly width: number,
    private readonly y: Float32Array,
    private readonly x: Float32Array,
  ) {
    this.crossings = new Float64Array(y.length);
  }

  /** Write `label` into every pixel whose centre lies in the polygon or on its outline. */
  paint(label: number): void {
    const { y, height } = this;
    let top = Number.POSITIVE_INFINITY;
    let bottom = Number.NEGATIVE_INFINITY;
    for (const row of y) {
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
    const last = Math.min(height - 1, Math.floor(bottom));
    for (let row = Math.max(0, Math.ceil(top)); row <= last; row++) {
      // Vertices on the row count as above it, and in a second turn as below it, so that edges on it are painted.
      if (this.cross(row, false, label)) this.cross(row, true, label);
    }
  }

  /**
   * Paint the pixels between where the outline crosses a row.
   *
   * @returns whether a vertex lies on the row
   */
  private cross(row: number, countsAsBelow: boolean, label: number): boolean {
    const { y, x, crossings } = this;
    const vertices = y.length;
    let count = 0;
    let touches = false;
    let beforeY = y[vertices - 1];
    let beforeX = x[vertices - 1];
    let wasBelow = countsAsBelow ? beforeY >= row : beforeY > row;
    for (let vertex = 0; vertex < vertices; vertex++) {
      const [vertexY, vertexX] = [y[vertex], x[vertex]];
      const isBelow = countsAsBelow ? vertexY >= row : vertexY > row;
      if (vertexY === row) touches = true;
      if (isBelow !== wasBelow) {
        const column = vertexX + ((row - vertexY) / (beforeY - vertexY)) * (beforeX - vertexX);
        let at = count++;
        for (; at > 0 && crossings[at - 1] > column; at--) crossings[at] = crossings[at - 1];
        crossings[at] = column;
      }
      beforeY = vertexY;
      beforeX = vertexX;
      wasBelow = isBelow;
    }
    this.fill(row, count, label);
    return touches;
  }

  private fill(row: number, count: number, label: number): void {
    const { labels, width, crossings } = this;
    for (let i = 0; i + 1 < count; i += 2) {
      const end = row * width + Math.min(width - 1, Math.floor(crossings[i + 1]));
      for (let pixel = row * width + Math.max(0, Math.ceil(crossings[i])); pixel <= end; pixel++) {
        labels[pixel] = label;
      }
    }
  }
}

/**
 * Paint objects as labels into an image, in place, the most probable on top: object i becomes label i + 1 in every
 * pixel whose centre lies in its polygon or on its outline (as StarDist's `polygons_to_label` and scikit-image's
 * `draw.polygon`). A label under others may be missing afterwards.
 *
 * @param labels `[y, x]`, painted over
 * @param objects most probable first, as `suppress` gives them
 */
export function paintObjects(
  labels: Int32Array,
  height: number,
  width: number,
  { count, rays, y, x, probability, distances }: StarObjects,
): void {
  const angles = Float64Array.from({ length: rays }, (_, ray) => (2 * Math.PI * ray) / rays);
  const [sine, cosine] = [angles.map(Math.sin), angles.map(Math.cos)];
  const [vertexY, vertexX] = [new Float32Array(rays), new Float32Array(rays)];
  const painter = new PolygonPainter(labels, height, width, vertexY, vertexX);
  for (let last = count - 1; last >= 0; ) {
    // Of equally probable objects the last is on top, as it is in StarDist.
    let first = last;
    while (first > 0 && probability[first - 1] === probability[last]) first--;
    for (let object = first; object <= last; object++) {
      for (let ray = 0; ray < rays; ray++) {
        const distance = distances[object * rays + ray];
        vertexY[ray] = y[object] + Math.fround(distance * sine[ray]);
        vertexX[ray] = x[object] + Math.fround(distance * cosine[ray]);
      }
      painter.paint(object + 1);
    }
    last = first - 1;
  }
}
