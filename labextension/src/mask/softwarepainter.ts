import { CONTOUR_WIDTH, type Look, type Scene, SELECTION_WIDTH } from "./scene";
import { applyTone, isPlain } from "./tone";

/** Up to this many overlay pixels, edges are smoothed by drawing the overlay at twice its size. */
const MOST_SMOOTH_PIXELS = 2_500_000;
const OPAQUE = 0xff000000;
const WHITE = 0xffffffff;

/** Unit steps to the eight neighbours, as in the fragment shader. */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.7, 0.7],
  [-0.7, 0.7],
  [0.7, -0.7],
  [-0.7, -0.7],
] as const;

/** Mask columns under the overlay's columns, and first pixels of the mask rows under its rows; -1 = outside. */
interface Grid {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/**
 * The label overlay as pixels, by the rules of the fragment shader in `overlay.ts`, one sample per pixel.
 *
 * @param look as painted
 * @param ratio pixels of the result per CSS pixel
 * @param width of the result
 * @param height of the result
 * @returns RGBA words in memory order on a little-endian machine, not premultiplied
 */
export function rasterizeOverlay(
  { map, colors, selected, contours, showsContours }: Scene,
  { viewport, mode, opacity, hovered }: Look,
  ratio: number,
  width: number,
  height: number,
): Uint32Array {
  const { indices } = map;
  const pixel = 1 / (viewport.scale * ratio);
  const gridAt = (dx: number, dy: number): Grid => ({
    columns: positions(viewport.left + dx, pixel, width, map.width, 1),
    rows: positions(viewport.top + dy, pixel, height, map.height, map.width),
  });
  const around = (reach: number) => DIRECTIONS.map(([x, y]) => gridAt(x * reach, y * reach));
  const lookUp = (grid: Grid, column: number, row: number) => lookUpIn(indices, grid, column, row);

  const centre = gridAt(0, 0);
  const hasSelection = selected.length > 0;
  const drawn = showsContours && mode !== "off" ? contours : null;
  const drawnWords = drawn && new Uint32Array(drawn.colors.slice().buffer);
  const contour = around(CONTOUR_WIDTH / viewport.scale);
  const selection = hasSelection || drawn ? around(SELECTION_WIDTH / viewport.scale) : contour;
  const fill = mode === "fill" ? opacity : 0;
  const alpha = (value: number) => Math.round(255 * Math.min(value, 1)) * 2 ** 24;
  const fillAlpha = alpha(fill);
  const hoverAlpha = mode === "off" ? 0 : alpha(fill + 0.25);
  const lineAlpha = mode === "off" ? 0 : alpha(2 * opacity);
  const words = new Uint32Array(colors.slice().buffer);

  const result = new Uint32Array(width * height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const index = lookUp(centre, column, row);
      if (index === 0 && !hasSelection && !drawn) continue;
      if (centre.columns[column] < 0 || centre.rows[row] < 0) continue;
      const isSelected = words[index] >= OPAQUE;
      let isEdge = false;
      let isHalo = false;
      for (const grid of isSelected ? selection : contour) {
        const neighbour = lookUp(grid, column, row);
        if (neighbour === index) continue;
        isEdge = true;
        isHalo ||= words[neighbour] >= OPAQUE;
        if (!hasSelection) break;
      }
      const other = drawn ? lookUpIn(drawn.map.indices, centre, column, row) : 0;
      const isDrawn =
        drawn !== null &&
        other !== 0 &&
        selection.some((grid) => lookUpIn(drawn.map.indices, grid, column, row) !== other);
      if (isSelected && isEdge) result[at] = WHITE;
      else if (isHalo) result[at] = OPAQUE;
      else if (isDrawn && drawnWords) result[at] = (drawnWords[other] | OPAQUE) >>> 0;
      else if (index !== 0) {
        const inside = index === hovered ? hoverAlpha : fillAlpha;
        result[at] = (words[index] % OPAQUE) + (isEdge ? Math.max(inside, lineAlpha) : inside);
      }
    }
  }
  return result;
}

function lookUpIn(
  indices: Uint16Array | Uint32Array,
  { columns, rows }: Grid,
  column: number,
  row: number,
): number {
  return columns[column] < 0 || rows[row] < 0 ? 0 : indices[rows[row] + columns[column]];
}

function positions(start: number, pixel: number, count: number, limit: number, stride: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    const position = Math.floor(start + (i + 0.5) * pixel);
    return position < 0 || position >= limit ? -1 : position * stride;
  });
}

let scratch: CanvasRenderingContext2D | null | undefined;

/** Paint without WebGL: where it is missing, slow or lost, and for masks that are too large for it. */
export function paintSoftware(scene: Scene, look: Look, target: CanvasRenderingContext2D): void {
  const { map, image } = scene;
  const { viewport, pixelRatio } = look;
  const { width, height } = target.canvas;
  const scale = viewport.scale * pixelRatio;

  target.clearRect(0, 0, width, height);
  target.save();
  target.setTransform(scale, 0, 0, scale, -viewport.left * scale, -viewport.top * scale);
  target.imageSmoothingEnabled = scale < 1 || (image !== null && image.width < map.width);
  if (image) {
    target.drawImage(image, 0, 0, map.width, map.height);
    if (!isPlain(look.tone)) {
      const picture = target.getImageData(0, 0, width, height);
      applyTone(picture.data, look.tone);
      target.putImageData(picture, 0, 0);
    }
  } else {
    target.fillRect(0, 0, map.width, map.height);
  }
  target.restore();

  scratch ??= document.createElement("canvas").getContext("2d");
  if (!scratch) return;
  const detail = !look.isDraft && scale < 1.7 && width * height * 4 <= MOST_SMOOTH_PIXELS ? 2 : 1;
  scratch.canvas.width = width * detail;
  scratch.canvas.height = height * detail;
  const words = rasterizeOverlay(scene, look, pixelRatio * detail, width * detail, height * detail);
  const pixels = new Uint8ClampedArray(words.buffer as ArrayBuffer);
  scratch.putImageData(new ImageData(pixels, width * detail), 0, 0);
  target.imageSmoothingEnabled = detail > 1;
  target.drawImage(scratch.canvas, 0, 0, width, height);
}
