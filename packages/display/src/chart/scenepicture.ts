import type { Picture } from "../image/picture";
import { type BoxShape, type Point, paperInks, ringWidth, type Scene, type Shape } from "./scene";
import { textStrokes } from "./strokefont";

/**
 * A scene as pixels on white, drawn here: a machine without fonts gets the same picture, and no canvas is loaded.
 *
 * @param scale pixels drawn for one of the scene's
 */
export function scenePicture(scene: Scene, scale: number): Picture {
  const width = Math.round(scene.width * scale);
  const height = Math.round(scene.height * scale);
  const picture: Picture = {
    width,
    height,
    channels: 3,
    pixels: new Uint8Array(3 * width * height).fill(255),
  };
  for (const shape of scene.shapes) {
    const colour = Number.parseInt(paperInks[shape.ink].slice(1), 16);
    if (shape.kind === "box") {
      drawBox(picture, shape, scale, colour);
      continue;
    }
    for (const { points, width: lineWidth } of strokes(shape)) {
      for (let i = Math.min(1, points.length - 1); i < points.length; i++) {
        const ends = [points[Math.max(0, i - 1)]!, points[i]!].map(
          ([x, y]) => [x * scale, y * scale] as const,
        );
        drawStroke(picture, ends[0]!, ends[1]!, lineWidth * scale, colour);
      }
    }
  }
  return picture;
}

interface Stroke {
  readonly points: readonly Point[];
  readonly width: number;
}

/** Everything is drawn with one round pen: a dot is its print. */
function strokes(shape: Exclude<Shape, BoxShape>): Stroke[] {
  if (shape.kind === "line") return [shape];
  if (shape.kind === "text") return textStrokes(shape);
  if (!shape.isRing) return [{ points: [shape.at], width: 2 * shape.radius }];
  const [x, y] = shape.at;
  const around = Array.from({ length: 33 }, (_, i): Point => {
    const angle = (i * Math.PI) / 16;
    return [x + shape.radius * Math.cos(angle), y + shape.radius * Math.sin(angle)];
  });
  return [{ points: around, width: ringWidth }];
}

/** A straight stroke with round ends; at its rim a pixel is covered by its distance from it. */
function drawStroke(
  { width, height, pixels }: Picture,
  [x0, y0]: Point,
  [x1, y1]: Point,
  penWidth: number,
  colour: number,
): void {
  const reach = penWidth / 2 + 0.5;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - reach)); y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const cover = Math.min(1, penWidth, reach - Math.hypot(px - along * dx, py - along * dy));
      if (cover > 0) blend(pixels, 3 * (y * width + x), colour, cover);
    }
  }
}

/** A rectangle; at its rim a pixel is covered by the share of it that is inside. */
function drawBox({ width, height, pixels }: Picture, box: BoxShape, scale: number, colour: number): void {
  const [left, top] = box.at.map((place) => place * scale);
  const [right, bottom] = [left! + box.width * scale, top! + box.height * scale];
  const inside = (pixel: number, from: number, to: number): number =>
    Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
  for (let y = Math.max(0, Math.floor(top!)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left!)); x < Math.min(width, right); x++) {
      const cover = inside(x, left!, right) * inside(y, top!, bottom);
      if (cover > 0) blend(pixels, 3 * (y * width + x), colour, cover);
    }
  }
}

function blend(pixels: Uint8Array, at: number, colour: number, cover: number): void {
  for (let c = 0; c < 3; c++) {
    const level = (colour >> (16 - 8 * c)) & 255;
    pixels[at + c] = pixels[at + c]! + (level - pixels[at + c]!) * cover + 0.5;
  }
}
