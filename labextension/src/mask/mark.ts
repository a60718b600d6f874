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
 * Draw the shapes of a legend over a picture.
 *
 * @param pixelRatio device pixels per CSS pixel
 */
export function drawMarks(
  marks: readonly Mark[],
  target: CanvasRenderingContext2D,
  pixelRatio: number,
): void {
  target.save();
  target.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  target.font = MARK_FONT;
  target.textBaseline = "middle";
  for (const mark of marks) {
    if ("text" in mark) {
      target.fillStyle = MARK_COLOR;
      target.textAlign = mark.align;
      target.fillText(mark.text, mark.x, mark.y);
    } else {
      target.fillStyle = mark.fill;
      target.fillRect(mark.x, mark.y, mark.width, mark.height);
    }
  }
  target.restore();
}
