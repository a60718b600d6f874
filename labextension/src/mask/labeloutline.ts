import type { LabelMap } from "./labelmap";

/** A part of a mask in whole pixels; right and bottom are not in it. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Outline the labels of a part of a mask along the edges of their pixels.
 *
 * @returns SVG path data by label index, in mask pixels; closed at the box's borders, holes left out by the even-odd
 *   rule
 */
export function labelOutlines(map: LabelMap, { left, top, right, bottom }: PixelBox): Map<number, string> {
  const { width, indices } = map;
  const at = (x: number, y: number) =>
    x < left || y < top || x >= right || y >= bottom ? 0 : indices[y * width + x];
  const edges = new Map<number, Edges>();
  const add = (index: number, x: number, y: number, toX: number, toY: number) => {
    if (index === 0) return;
    const ofLabel = edges.get(index) ?? new Edges(width + 1);
    if (ofLabel.isEmpty) edges.set(index, ofLabel);
    ofLabel.add(x, y, toX, toY);
  };
  // Each edge runs with its label to the right.
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const [here, before, above] = [at(x, y), at(x - 1, y), at(x, y - 1)];
      if (here !== above) {
        add(here, x, y, x + 1, y);
        add(above, x + 1, y, x, y);
      }
      if (here !== before) {
        add(here, x, y + 1, x, y);
        add(before, x, y, x, y + 1);
      }
    }
  return new Map([...edges].map(([index, ofLabel]) => [index, ofLabel.path()]));
}

/** The edges around one label, which it chains to closed lines. */
class Edges {
  /** Ends of the edges that begin at a corner. */
  private readonly ends = new Map<number, number[]>();

  /** @param stride number of corners in a row */
  constructor(private readonly stride: number) {}

  get isEmpty(): boolean {
    return this.ends.size === 0;
  }

  add(x: number, y: number, toX: number, toY: number): void {
    const start = y * this.stride + x;
    const end = toY * this.stride + toX;
    const others = this.ends.get(start);
    if (others) others.push(end);
    else this.ends.set(start, [end]);
  }

  path(): string {
    let path = "";
    for (const start of this.ends.keys()) while (this.ends.get(start)?.length) path += this.line(start);
    return path;
  }

  private line(start: number): string {
    let line = `M${this.place(start)}`;
    let step = 0;
    let corner = start;
    do {
      const next = this.ends.get(corner)?.pop();
      if (next === undefined) break;
      if (step !== 0 && next - corner !== step) line += `L${this.place(corner)}`;
      step = next - corner;
      corner = next;
    } while (corner !== start);
    return `${line}Z`;
  }

  private place(corner: number): string {
    return `${corner % this.stride} ${Math.floor(corner / this.stride)}`;
  }
}
