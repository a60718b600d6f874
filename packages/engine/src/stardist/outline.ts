/**
 * The outline of a star-convex polygon with vertices at whole pixels, as StarDist's C++ measures overlaps on, cut into
 * strips: strip s lies between the rows y = firstRow + s and y + 1, so no vertex is inside of it, and each of its
 * spans is a trapezoid.
 */
export interface Outline {
  top: number;
  left: number;
  bottom: number;
  right: number;
  area: number;
  /** Column that the spans count from. */
  column: number;
  /** Where the spans of each strip begin in `spans`, and where the last ends; bottom - top + 1 numbers. */
  starts: Int32Array;
  /** Of each span: left end at the strip's top, at its bottom, right end at its top, at its bottom. */
  spans: Float32Array;
}

/** Sines and cosines of the rays, in StarDist's precision. */
export interface Rays {
  readonly sine: Float32Array;
  readonly cosine: Float32Array;
}

/** The directions of rays: ray k points at 2πk / count, rounded to float32 before and after, as StarDist's C++ does. */
export function raysOf(count: number): Rays {
  const angle = Math.fround((2 * Math.PI) / count);
  const angles = Float32Array.from({ length: count }, (_, ray) => angle * ray);
  return { sine: angles.map(Math.sin), cosine: angles.map(Math.cos) };
}

/** Makes outlines one after the other in the same memory. */
export class OutlineMaker {
  readonly outline: Outline = {
    ...{ top: 0, left: 0, bottom: 0, right: 0, area: 0, column: 0 },
    starts: new Int32Array(64),
    spans: new Float32Array(256),
  };
  private readonly y: Int32Array;
  private readonly x: Int32Array;
  private filled = new Int32Array(64);

  constructor(private readonly rays: Rays) {
    this.y = new Int32Array(rays.sine.length + 1);
    this.x = new Int32Array(rays.sine.length + 1);
  }

  /** Put the vertices of an object into place; gives its box and area. */
  place(centreY: number, centreX: number, distances: Float32Array, first: number): Outline {
    const { outline, y, x } = this;
    const { sine, cosine } = this.rays;
    const rays = sine.length;
    const startY = Math.fround(centreY);
    const startX = Math.fround(centreX);
    let top = 0x7fffffff;
    let left = 0x7fffffff;
    let bottom = -0x7fffffff;
    let right = -0x7fffffff;
    for (let ray = 0; ray < rays; ray++) {
      const distance = distances[first + ray];
      const row = Math.fround(startY + Math.fround(distance * sine[ray])) | 0;
      const column = Math.fround(startX + Math.fround(distance * cosine[ray])) | 0;
      y[ray] = row;
      x[ray] = column;
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
    y[rays] = y[0];
    x[rays] = x[0];
    let area = 0;
    for (let ray = 0; ray < rays; ray++) {
      area += (x[ray] - left) * (y[ray + 1] - top) - (y[ray] - top) * (x[ray + 1] - left);
    }
    outline.top = top;
    outline.left = left;
    outline.bottom = bottom;
    outline.right = right;
    outline.area = Math.abs(area) / 2;
    outline.column = left;
    return outline;
  }

  /** Cut the placed outline into strips. */
  cut(): Outline {
    const { outline, y } = this;
    const rays = y.length - 1;
    const { top, bottom } = outline;
    const strips = bottom - top;
    if (outline.starts.length <= strips + 1) {
      outline.starts = new Int32Array(2 * strips + 2);
      this.filled = new Int32Array(2 * strips + 2);
    }
    const { starts } = outline;
    starts.fill(0, 0, strips + 2);
    // Edges that go up are left ends of spans, those that go down right ends: each strip has as many of both.
    for (let ray = 0; ray < rays; ray++) {
      if (y[ray + 1] < y[ray]) {
        starts[y[ray + 1] - top + 1]++;
        starts[y[ray] - top + 1]--;
      }
    }
    let open = 0;
    let most = 0;
    for (let strip = 0; strip < strips; strip++) {
      open += starts[strip + 1];
      most = Math.max(most, open);
      starts[strip + 1] = starts[strip] + open;
    }
    if (outline.spans.length < 4 * starts[strips]) outline.spans = new Float32Array(8 * starts[strips]);
    if (most > 1) this.addEdges();
    else this.addOnlyEdges();
    return outline;
  }

  /** Add the edges where no strip has more than one span. */
  private addOnlyEdges(): void {
    const { y, x } = this;
    const { spans, top, left } = this.outline;
    for (let ray = 0; ray + 1 < y.length; ray++) {
      const height = y[ray + 1] - y[ray];
      if (height === 0) continue;
      const slope = (x[ray + 1] - x[ray]) / height;
      const upper = height < 0 ? ray + 1 : ray;
      const first = 4 * (y[upper] - top) + (height < 0 ? 0 : 2);
      const last = first + 4 * Math.abs(height);
      let column = x[upper] - left;
      for (let end = first; end < last; end += 4) {
        spans[end] = column;
        column += slope;
        spans[end + 1] = column;
      }
    }
  }

  /** Add the edges to the strips that they cross, from left to right. */
  private addEdges(): void {
    const { y, x, filled } = this;
    const { starts, spans, top, left, bottom } = this.outline;
    for (const side of [0, 2]) {
      filled.fill(0, 0, bottom - top);
      for (let ray = 0; ray + 1 < y.length; ray++) {
        const height = side === 0 ? y[ray] - y[ray + 1] : y[ray + 1] - y[ray];
        if (height <= 0) continue;
        const upper = side === 0 ? ray + 1 : ray;
        const slope = (x[ray + 1] - x[ray]) / (y[ray + 1] - y[ray]);
        let column = x[upper] - left;
        for (let strip = y[upper] - top; strip < y[upper] - top + height; strip++, column += slope) {
          const first = 4 * starts[strip] + side;
          let at = first + 4 * filled[strip]++;
          for (; at > first && spans[at - 4] + spans[at - 3] > 2 * column + slope; at -= 4) {
            spans[at] = spans[at - 4];
            spans[at + 1] = spans[at - 3];
          }
          spans[at] = column;
          spans[at + 1] = column + slope;
        }
      }
    }
  }
}
