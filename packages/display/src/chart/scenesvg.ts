import { escapeMarkup } from "../markup";
import { type Ink, type Point, ringWidth, type Scene, type Shape } from "./scene";

/** How a scene is written as SVG. */
export interface SvgLook {
  /** What the picture shows, for those who cannot see it. */
  readonly label: string;
  readonly inks: Record<Ink, string>;
  readonly background?: string;
  readonly font: string;
  /** Whether it gets smaller where the page is narrower. */
  readonly isFluid?: boolean;
}

/** A scene as SVG: no styles of its own that could reach the page around it, no ids, nothing to load. */
export function sceneSvg({ width, height, shapes }: Scene, look: SvgLook): string {
  const { label, inks, background, font, isFluid } = look;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" aria-label="${escapeMarkup(label.replace(/\s+/g, " "))}" font-family="${escapeMarkup(font)}" ` +
      `fill="none" stroke-linecap="round" stroke-linejoin="round"` +
      `${isFluid ? ' style="display: block; max-width: 100%; height: auto"' : ""}>`,
    ...(background ? [`<rect width="${width}" height="${height}" fill="${background}"/>`] : []),
    ...shapes.map((shape) => element(shape, inks[shape.ink])),
    "</svg>",
  ].join("\n");
}

function element(shape: Shape, colour: string): string {
  if (shape.kind === "line") {
    const { points, width } = shape;
    // A path of one point is seen only if it goes somewhere.
    const [start, ...rest] = points.length === 1 ? [points[0]!, points[0]!] : points;
    const way = `M${place(start!)}L${rest.map(place).join(" ")}`;
    return `<path d="${way}" stroke="${colour}" stroke-width="${width}"/>`;
  }
  if (shape.kind === "box") {
    const [left, top] = shape.at;
    return `<rect x="${round(left)}" y="${round(top)}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${colour}"/>`;
  }
  if (shape.kind === "dot") {
    const [x, y] = shape.at;
    const at = `<circle cx="${round(x)}" cy="${round(y)}" r="${shape.radius}"`;
    if (shape.isRing) return `${at} stroke="${colour}" stroke-width="${ringWidth}"/>`;
    if (shape.tip === undefined) return `${at} fill="${colour}"/>`;
    // The transparent rim is for the pointer.
    return (
      `${at} fill="${colour}" stroke="transparent" stroke-width="10">` +
      `<title>${escapeMarkup(shape.tip)}</title></circle>`
    );
  }
  const [x, y] = shape.at;
  const anchor = shape.anchor === "start" ? "" : ` text-anchor="${shape.anchor}"`;
  const weight = shape.isBold ? ' font-weight="600"' : "";
  return (
    `<text x="${round(x)}" y="${round(y)}" font-size="${shape.size}"${anchor}${weight} fill="${colour}">` +
    `${escapeMarkup(shape.text)}</text>`
  );
}

const place = ([x, y]: Point): string => `${round(x)},${round(y)}`;

const round = (value: number): number => Math.round(value * 10) / 10;
