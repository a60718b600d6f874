import { drawMarks, type Mark, markShape } from "./mark";

/** What the colours of a mask mean, below its picture. */
export interface Legend {
  /** In CSS pixels; 0 where there is nothing to tell. */
  readonly height: number;
  readonly marks: readonly Mark[];
}

export const NO_LEGEND: Legend = { height: 0, marks: [] };

/** A picture's ground below it, and the writing there: figures are printed on white. */
export const PAPER = "white";
export const INK = "black";

const SVG = "http://www.w3.org/2000/svg";

/** The element that shows a legend on the page, in the colours of its text. */
export class LegendView {
  readonly node: SVGSVGElement = document.createElementNS(SVG, "svg");
  private shown: string | undefined;

  constructor() {
    this.node.setAttribute("class", "be-Mask-legend");
  }

  /** @param width in CSS pixels */
  show({ height, marks }: Legend, width: number): void {
    const shapes = marks.map((mark) => markShape(mark, "currentColor")).join("");
    // Called with each painting.
    if (shapes === this.shown) return;
    this.shown = shapes;
    this.node.setAttribute("width", String(width));
    this.node.setAttribute("height", String(height));
    this.node.innerHTML = shapes;
  }
}

/**
 * A canvas with a legend below it.
 *
 * @param pixelRatio device pixels per CSS pixel
 * @returns the canvas itself if there is nothing to tell
 */
export function withLegend(
  canvas: HTMLCanvasElement,
  { height, marks }: Legend,
  pixelRatio: number,
): HTMLCanvasElement {
  if (height === 0) return canvas;
  const page = document.createElement("canvas");
  page.width = canvas.width;
  page.height = canvas.height + Math.round(height * pixelRatio);
  const context = page.getContext("2d");
  if (!context) throw new Error("Cannot draw a picture: the browser must have canvases, got none");
  context.fillStyle = PAPER;
  context.fillRect(0, 0, page.width, page.height);
  context.drawImage(canvas, 0, 0);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, canvas.height);
  drawMarks(marks, context, INK);
  return page;
}
