/** A width and a height, in the unit that the context names. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A position: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a canvas shows of a mask: the mask position at its top left corner, and CSS pixels per mask pixel. */
export interface Viewport {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

/** A mask pixel never grows beyond this many CSS pixels, unless the whole mask fits at a larger scale. */
const LARGEST_PIXEL = 48;
/** A small mask is enlarged at most this much to fill the output. */
const LARGEST_START = 32;
const SMALLEST_CANVAS: Size = { width: 240, height: 96 };

/**
 * The canvas size that suits a mask, in the mask's proportions.
 *
 * @param mask size in mask pixels
 * @param available CSS pixels
 * @returns whole CSS pixels
 * @example
 * canvasSize({ width: 512, height: 512 }, { width: 800, height: 520 }); // { width: 520, height: 520 }
 */
export function canvasSize(mask: Size, available: Size): Size {
  const scale = Math.min(available.width / mask.width, available.height / mask.height, LARGEST_START);
  return {
    width: Math.round(Math.min(available.width, Math.max(mask.width * scale, SMALLEST_CANVAS.width))),
    height: Math.round(Math.max(mask.height * scale, SMALLEST_CANVAS.height)),
  };
}

const fitScale = (mask: Size, canvas: Size): number =>
  Math.min(canvas.width / mask.width, canvas.height / mask.height);

const clampStart = (start: number, length: number, visible: number): number =>
  visible >= length ? (length - visible) / 2 : Math.min(Math.max(start, 0), length - visible);

function clamp(viewport: Viewport, mask: Size, canvas: Size): Viewport {
  const smallest = fitScale(mask, canvas);
  const scale = Math.min(Math.max(viewport.scale, smallest), Math.max(LARGEST_PIXEL, smallest));
  return {
    left: clampStart(viewport.left, mask.width, canvas.width / scale),
    top: clampStart(viewport.top, mask.height, canvas.height / scale),
    scale,
  };
}

/**
 * The viewport that shows the whole mask, centred.
 *
 * @example
 * fitViewport({ width: 100, height: 50 }, { width: 200, height: 200 }); // { left: 0, top: -25, scale: 2 }
 */
export function fitViewport(mask: Size, canvas: Size): Viewport {
  return clamp({ left: 0, top: 0, scale: 0 }, mask, canvas);
}

/**
 * Magnify around a canvas position, which keeps its mask position where the borders of the mask allow it.
 *
 * @param factor above 1 magnifies
 * @param anchor canvas position in CSS pixels
 */
export function zoomViewport(
  viewport: Viewport,
  factor: number,
  anchor: Point,
  mask: Size,
  canvas: Size,
): Viewport {
  const { scale } = clamp({ ...viewport, scale: viewport.scale * factor }, mask, canvas);
  const held = maskPosition(viewport, anchor);
  return clamp({ left: held.x - anchor.x / scale, top: held.y - anchor.y / scale, scale }, mask, canvas);
}

/** Move the mask by CSS pixels, stopping at its borders. */
export function panViewport(viewport: Viewport, move: Point, mask: Size, canvas: Size): Viewport {
  const { left, top, scale } = viewport;
  return clamp({ left: left - move.x / scale, top: top - move.y / scale, scale }, mask, canvas);
}

/** Keep the magnification and centre, where the borders allow it, if `target` (mask pixels) is out of sight. */
export function revealPosition(viewport: Viewport, target: Point, mask: Size, canvas: Size): Viewport {
  const width = canvas.width / viewport.scale;
  const height = canvas.height / viewport.scale;
  const visible =
    target.x >= viewport.left &&
    target.x < viewport.left + width &&
    target.y >= viewport.top &&
    target.y < viewport.top + height;
  if (visible) return viewport;
  const { scale } = viewport;
  return clamp({ left: target.x - width / 2, top: target.y - height / 2, scale }, mask, canvas);
}

/** The mask position (mask pixels, fractional) under a canvas position (CSS pixels). */
export function maskPosition(viewport: Viewport, point: Point): Point {
  return { x: viewport.left + point.x / viewport.scale, y: viewport.top + point.y / viewport.scale };
}
