import type { Region } from "./stardist/starobjects";

/** A part of an image: its own pixels, and with a margin that it shares with its neighbours. */
export interface Tile {
  readonly core: Region;
  readonly outer: Region;
}

/** How an image is cut. */
export interface TileOptions {
  /** Pixels of the network per pixel of the image. */
  readonly scale: number;
  /** Longest side of a tile with its margins, in pixels of the network; a smaller image is one tile. Default 1280. */
  readonly side?: number;
}

/** Around a tile's core, in pixels of the network. */
const MARGIN = 64;
/** Tiles begin at multiples of it, so that halving and pooling meet the same pixels as in the whole image. */
const UNIT = 16;

/** Boundaries of equal parts. */
const boundaries = (length: number, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, index) =>
    index === parts ? length : Math.round((index * length) / parts / UNIT) * UNIT,
  );

/**
 * Cut an image into tiles that a network can take one by one.
 *
 * @param height in pixels
 * @param width in pixels
 * @returns the tiles in rows from the top left; one without margins if the image is small
 * @throws {RangeError} if the side leaves too little between the margins
 */
export function tilesOf(height: number, width: number, options: TileOptions): Tile[] {
  const { scale, side = 1280 } = options;
  if (!(side >= 4 * MARGIN)) {
    throw new RangeError(
      `Cannot cut the image into tiles: tileSide must be at least ${4 * MARGIN}, got ${side}`,
    );
  }
  if (height * scale <= side && width * scale <= side) {
    const all = { top: 0, left: 0, bottom: height, right: width };
    return [{ core: all, outer: all }];
  }
  const margin = Math.ceil(MARGIN / scale / UNIT) * UNIT;
  const parts = (length: number) => Math.max(1, Math.ceil((length * scale) / (side - 2 * MARGIN)));
  const rows = boundaries(height, parts(height));
  const columns = boundaries(width, parts(width));
  const tiles: Tile[] = [];
  for (let row = 0; row + 1 < rows.length; row++) {
    for (let column = 0; column + 1 < columns.length; column++) {
      const [top, bottom, left, right] = [rows[row], rows[row + 1], columns[column], columns[column + 1]];
      const outer = {
        top: Math.max(0, top - margin),
        left: Math.max(0, left - margin),
        bottom: Math.min(height, bottom + margin),
        right: Math.min(width, right + margin),
      };
      tiles.push({ core: { top, left, bottom, right }, outer });
    }
  }
  return tiles;
}
