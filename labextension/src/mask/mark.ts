/** A shape of a legend, in CSS pixels of the canvas. */
export type Mark =
  | {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly x: number;
      /** Of the text's middle. */
      readonly y: number;
      readonly text: string;
      readonly align: "left" | "center" | "right";
    };

/** The box behind a legend, and the legend's text and lines. */
export const MARK_GROUND = "rgb(0 0 0 / 62%)";
export const MARK_COLOR = "white";
export const MARK_FONT = "12px sans-serif";

const LONGEST_TEXT = 36;

/** A legend's text that has room on any canvas. */
export function markText(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** CSS pixels that a legend's text takes at most, of common letters. */
export const markWidth = (text: string): number => 7 * text.length;

/**
 * Draw marks in the target's coordinates.
 *
 * @param ink the texts' colour
 */
export function drawMarks(
  marks: readonly Mark[],
  target: CanvasRenderingContext2D,
  ink: string = MARK_COLOR,
): void {
  target.save();
  target.font = MARK_FONT;
  target.textBaseline = "middle";
  for (const mark of marks) {
    if ("text" in mark) {
      target.fillStyle = ink;
      target.textAlign = mark.align;
      target.fillText(mark.text, mark.x, mark.y);
    } else {
      target.fillStyle = mark.fill;
      target.fillRect(mark.x, mark.y, mark.width, mark.height);
    }
  }
  target.restore();
}

const ANCHORS = { left: "start", center: "middle", right: "end" } as const;

/**
 * A mark as a shape of an SVG drawing.
 *
 * @param ink the texts' colour
 */
export function markShape(mark: Mark, ink: string = MARK_COLOR): string {
  if (!("text" in mark)) {
    const { x, y, width, height, fill } = mark;
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" style="fill: ${fill}"/>`;
  }
  const { x, y, align } = mark;
  const text = mark.text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<text x="${x}" y="${y}" text-anchor="${ANCHORS[align]}" fill="${ink}">${text}</text>`;
}
