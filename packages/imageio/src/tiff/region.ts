import type { TypedArray } from "@bioengine/ndarray";
import type { ByteSource } from "../bytesource";
import { type Page, segmentGrid } from "./page";
import { checkSegments, readSegment, rowLength } from "./segment";

/** Rows and columns of a page, without the last ones. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

// Strips without compression can be read in parts, of about so many bytes.
const PART = 2 ** 20;

/** The page with its uncompressed strips cut into smaller ones, so that a region takes only what it needs. */
export function inParts(page: Page): Page {
  const rowBytes = Math.ceil((rowLength(page) * page.bits) / 8);
  const rows = Math.max(1, Math.floor(PART / rowBytes));
  if (page.compression !== 1 || page.isTiled || page.segmentHeight <= rows || page.isLowBitFirst) return page;
  if (page.segmentHeight < page.height || page.isPlanar) {
    // Whole strips must be whole parts too.
    return page;
  }
  const parts = Math.ceil(page.height / rows);
  const [start, count] = [page.offsets[0], page.counts[0]];
  const offsets = Array.from({ length: parts }, (_, part) => start + part * rows * rowBytes);
  const counts = offsets.map((offset) => Math.max(0, Math.min(rows * rowBytes, start + count - offset)));
  return { ...page, segmentHeight: rows, offsets, counts };
}

/** The segments that a region touches, of one sample. */
function* touched(page: Page, region: Region): Generator<{ index: number; top: number; left: number }> {
  const { across } = segmentGrid(page);
  const { segmentHeight, segmentWidth } = page;
  for (let row = Math.floor(region.top / segmentHeight); row * segmentHeight < region.bottom; row++) {
    for (
      let column = Math.floor(region.left / segmentWidth);
      column * segmentWidth < region.right;
      column++
    ) {
      yield { index: row * across + column, top: row * segmentHeight, left: column * segmentWidth };
    }
  }
}

/** Segments of a page that are read at the same time. */
const PARALLEL = 4;

/**
 * Read a region of a page.
 *
 * @param page cut into parts if it can be, see `inParts`
 * @param target takes the region's values from `at` on, rows × columns × samples
 * @throws {Error} if a segment is damaged; before anything is read, if it can't hold what is announced
 */
export async function readRegion(
  source: ByteSource,
  page: Page,
  region: Region,
  target: TypedArray,
  at: number,
): Promise<void> {
  const jobs = [...touched(page, region)].flatMap((segment) => planesOf(page, segment));
  for (let start = 0; start < jobs.length; start += PARALLEL) {
    await Promise.all(
      jobs.slice(start, start + PARALLEL).map(async ({ index, top, left, sample }) => {
        const values = await readSegment(source, page, index);
        if (values !== undefined) copy(page, { values, top, left, sample }, region, target, at);
      }),
    );
  }
}

/** Check that the file can hold a region of a page. */
export function checkRegion(source: ByteSource, page: Page, region: Region): void {
  const jobs = [...touched(page, region)].flatMap((segment) => planesOf(page, segment));
  checkSegments(
    source,
    page,
    jobs.map(({ index }) => index),
  );
}

/** The segment for each sample, if they lie apart. */
function planesOf<T extends { index: number }>(page: Page, segment: T): (T & { sample: number })[] {
  if (!page.isPlanar) return [{ ...segment, sample: 0 }];
  const { across, down } = segmentGrid(page);
  return Array.from({ length: page.samples }, (_, sample) => ({
    ...segment,
    index: segment.index + sample * across * down,
    sample,
  }));
}

interface Segment {
  readonly values: TypedArray;
  readonly top: number;
  readonly left: number;
  readonly sample: number;
}

/** Copy what a segment has of the region. */
function copy(page: Page, segment: Segment, region: Region, target: TypedArray, at: number): void {
  const { values, top, left, sample } = segment;
  const { samples, isPlanar } = page;
  const row = rowLength(page);
  const own = row / page.segmentWidth;
  const rows = values.length / row;
  const first = Math.max(region.left, left);
  const last = Math.min(region.right, left + page.segmentWidth);
  for (let y = Math.max(region.top, top); y < Math.min(region.bottom, top + rows); y++) {
    const from = (y - top) * row + (first - left) * own;
    const to = at + ((y - region.top) * (region.right - region.left) + first - region.left) * samples;
    const some = values.subarray(from, from + (last - first) * own);
    if (isPlanar) for (let i = 0; i < some.length; i++) target[to + i * samples + sample] = some[i];
    else target.set(some as never, to);
  }
}
