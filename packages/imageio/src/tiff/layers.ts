import { type Dimension, type NdArray, type TypedArray, zeros } from "@bioengine/ndarray";
import { type ByteSource, buffered, rationed, withSource } from "../bytesource";
import type { Layer } from "../layer";
import { type Directory, readDirectories, readDirectory, tagNumbers } from "./directory";
import { type Page, readPage } from "./page";
import { checkRegion, inParts, readRegion } from "./region";
import { isAlike, pageSeries, type Series, seriesOf } from "./series";

/** Size in pixels that is a level's own. */
const lengthsOf = ({ height, width, samples }: Page): number[] =>
  samples > 1 ? [height, width, samples] : [height, width];

/** Axes of a smaller version: the same extent in fewer pixels. */
function scaled(dimensions: readonly Dimension[], full: Page, level: Page): Dimension[] {
  const factors: Record<string, number> = { Y: full.height / level.height, X: full.width / level.width };
  return dimensions.map((dimension) => {
    const factor = factors[dimension.name];
    const { name, spacing } = dimension;
    return factor === undefined || spacing === undefined ? dimension : { name, spacing: spacing * factor };
  });
}

/** A layer whose planes are found, by their number, when they are read. */
function layerOf(
  input: string | Uint8Array,
  { shape: outer, dimensions, role, channels }: Series,
  sample: Page,
  planeAt: (source: ByteSource, index: number) => Promise<Page>,
): Layer {
  const shape = [...outer, ...lengthsOf(sample)];
  const { dtype, samples } = sample;
  const inner = outer.length;
  const read = async (start: readonly number[], stop: readonly number[]): Promise<NdArray> => {
    const lengths = start.map((first, axis) => stop[axis] - first);
    const [top, left] = start.slice(inner);
    const [bottom, right] = stop.slice(inner);
    const region = { top, left, bottom, right };
    return withSource(input, async (source) => {
      const planes: Page[] = [];
      for (const index of placesOf(outer, start, stop)) {
        const page = inParts(await planeAt(source, index));
        checkRegion(source, page, region);
        planes.push(page);
      }
      // All samples of a pixel are read together.
      const whole = samples > 1 ? [...lengths.slice(0, -1), samples] : lengths;
      const array: NdArray = zeros(whole, dtype);
      const target: TypedArray = array.buffer;
      const size = (bottom - top) * (right - left) * samples;
      for (const [number, page] of planes.entries()) {
        await readRegion(source, page, region, target, number * size);
      }
      const some = samples > 1 ? [start[inner + 2], stop[inner + 2]] : undefined;
      return some ? array.slice(...whole.slice(0, -1).map(() => null), [some[0], some[1]]) : array;
    });
  };
  return { shape, dtype, dimensions, role, channels, read };
}

/** Numbers of the elements of a part of an array, in C order. */
function* placesOf(
  shape: readonly number[],
  start: readonly number[],
  stop: readonly number[],
  axis = 0,
  place = 0,
): Generator<number> {
  if (axis === shape.length) yield place;
  else
    for (let at = start[axis]; at < stop[axis]; at++) {
      yield* placesOf(shape, start, stop, axis + 1, place * shape[axis] + at);
    }
}

async function subPages(source: ByteSource, directory: Directory): Promise<Page[]> {
  const pages: Page[] = [];
  for (const offset of (await tagNumbers(source, directory, 330)) ?? []) {
    pages.push(await readPage(source, await readDirectory(source, directory, offset)));
  }
  return pages;
}

/** Whether a page can be a smaller version of another. */
const isSmaller = (page: Page, full: Page): boolean =>
  page.samples === full.samples &&
  page.dtype === full.dtype &&
  page.height <= full.height &&
  page.width < full.width;

/** Whether a page that isn't marked is a smaller version: tiles, as the full one has, and its proportions. */
function looksReduced(page: Page, full: Page): boolean {
  const proportion = (full.height * page.width) / (full.width * page.height);
  return page.isTiled && full.isTiled && page.height < full.height && Math.abs(Math.log(proportion)) < 0.05;
}

function checkPage(page: number, count: number): void {
  if (Number.isInteger(page) && page >= 0 && page < count) return;
  throw new RangeError(`page must be from 0 to ${count - 1}, got ${page}`);
}

/**
 * The resolutions of a TIFF file, the full one first: pages that are marked as reduced or look so (whole slides),
 * or sub-pages (OME-TIFF).
 *
 * @param number of a page that is to be read by itself; default: what the pages are together
 * @throws {Error} if the file is no whole TIFF, or of a kind that can't be read exactly
 * @throws {RangeError} if there is no such page
 */
export async function tiffLayers(input: string | Uint8Array, number?: number): Promise<Layer[]> {
  return withSource(input, async (file) => {
    const source = rationed(buffered(file), 4 * file.size + 2 ** 20);
    const directories = await readDirectories(source);
    if (number !== undefined) checkPage(number, directories.length);
    const chosen = number === undefined ? directories : [directories[number]];
    const pages: Page[] = [];
    for (const directory of chosen) pages.push(await readPage(source, directory));
    const full = pages.filter(({ isReduced, isMask }) => !isReduced && !isMask);
    const series =
      number === undefined
        ? await seriesOf(source, full.length > 0 ? full : pages)
        : await pageSeries(source, pages[0]);
    const [first] = series.planes;
    const layers = [layerOf(input, series, first, async (_, index) => series.planes[index])];
    const level = (sample: Page, planeAt: (source: ByteSource, index: number) => Promise<Page>) => {
      const dimensions = scaled(series.dimensions, first, sample);
      layers.push(layerOf(input, { ...series, dimensions }, sample, planeAt));
    };
    const subs = await subPages(source, first.directory);
    for (const [number, sample] of subs.entries()) {
      if (!isSmaller(sample, first) || sample.isMask) continue;
      level(sample, async (open, index) => {
        const page = (await subPages(open, series.planes[index].directory))[number];
        if (page === undefined || !isAlike(page, sample))
          throw new Error(`plane ${index} has no level ${number + 1}`);
        return page;
      });
    }
    const reduced = pages.filter(
      (page) => !page.isMask && isSmaller(page, first) && (page.isReduced || looksReduced(page, first)),
    );
    const bySize = new Map<string, Page[]>();
    for (const page of reduced) {
      const key = `${page.height} ${page.width}`;
      const planes = bySize.get(key);
      if (planes === undefined) bySize.set(key, [page]);
      else planes.push(page);
    }
    for (const planes of bySize.values()) {
      if (planes.length === series.planes.length) level(planes[0], async (_, index) => planes[index]);
    }
    return layers;
  });
}
