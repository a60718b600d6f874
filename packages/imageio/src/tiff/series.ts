import { type Dimension, sizeOf } from "@bioengine/ndarray";
import type { ByteSource } from "../bytesource";
import { knownSize } from "../unit";
import { tagText } from "./directory";
import { isImagej, readImagej } from "./imagej";
import { labelsName } from "./ome";
import { isOmeXml, type OmeImage, type OmePages, readOmeXml } from "./omexml";
import type { Page } from "./page";
import { resolutionOf } from "./resolution";

/** The pages of a file that are one image. */
export interface Series {
  /** Lengths of the axes before Y and X, in whose C order the planes are. */
  readonly shape: readonly number[];
  /** What those axes stand for, then Y, X and, with more than one sample, S. */
  readonly dimensions: readonly Dimension[];
  readonly planes: readonly Page[];
  readonly role?: "labels" | undefined;
  readonly channels?: readonly string[] | undefined;
}

/** Whether two pages can be planes of one array. */
export const isAlike = (a: Page, b: Page): boolean =>
  a.height === b.height && a.width === b.width && a.samples === b.samples && a.dtype === b.dtype;

const planeAxes = (page: Page, [y, x]: readonly (number | undefined)[]): Dimension[] => [
  { name: "Y", spacing: y },
  { name: "X", spacing: x },
  ...(page.samples > 1 ? [{ name: "S" }] : []),
];

/** The planes of a stack of which only the first has a page: the pixels follow each other without a gap. */
function contiguousPlanes(page: Page, count: number, fileSize: number): Page[] {
  const size = page.counts.reduce((sum, length) => sum + length, 0);
  const isOne = page.offsets.every(
    (offset, index) => index === 0 || offset === page.offsets[index - 1] + page.counts[index - 1],
  );
  if (page.compression !== 1 || !isOne) throw new Error(`it announces ${count} planes and has one page`);
  if (count > fileSize) throw new Error(`it announces ${count} planes in ${fileSize} bytes; it is not whole`);
  return Array.from({ length: count }, (_, plane) => ({
    ...page,
    offsets: page.offsets.map((offset) => offset + plane * size),
  }));
}

function planesOf(pages: readonly Page[], count: number, fileSize: number): readonly Page[] {
  if (pages.length === 1 && count > 1) return contiguousPlanes(pages[0], count, fileSize);
  if (pages.length < count) throw new Error(`it announces ${count} planes and has ${pages.length} pages`);
  const planes = pages.slice(0, count);
  const other = planes.findIndex((page) => !isAlike(page, planes[0]));
  if (other > 0)
    throw new Error(`its planes must be alike, page ${other} isn't like page 0; read one with { page: 0 }`);
  return planes;
}

// Some writers describe a plane more than once.
const MAX_REPEATS = 16;

/** The page of each plane of an OME image, in C order of its axes. */
function omePlanes(
  { axes, pages: described }: OmeImage,
  sizes: Record<string, number>,
  pages: readonly Page[],
  fileSize: number,
): readonly Page[] {
  const outer = [...axes].slice(0, -2);
  const shape = outer.map((axis) => sizes[axis]);
  const count = sizeOf(shape);
  // Each plane needs a page, so that a larger number is an error anyway.
  if (count > pages.length) {
    if (pages.length === 1) return contiguousPlanes(pages[0], count, fileSize);
    throw new Error(`its OME-XML announces ${count} planes, and it has ${pages.length} pages`);
  }
  const planes = new Array<Page | undefined>(count).fill(undefined);
  const whole: OmePages = { page: 0, count, first: { Z: 0, C: 0, T: 0 }, elsewhere: undefined };
  // A file that was renamed has one name there.
  const [other, ...others] = new Set(described.map(({ elsewhere }) => elsewhere));
  if (others.length > 0) {
    throw new Error(`some of its planes lie in another file, ${other ?? others[0]}; save it as one OME-TIFF`);
  }
  let work = 0;
  for (const part of described.length > 0 ? described : [whole]) {
    const start = outer.reduce((index, axis, at) => index * shape[at] + (part.first[axis] ?? 0), 0);
    const length = Math.min(part.count ?? count - start, count - start);
    work += Math.max(length, 0);
    if (work > MAX_REPEATS * count) throw new Error("its OME-XML describes each plane many times");
    for (let plane = 0; plane < length; plane++) planes[start + plane] = pages[(part.page ?? 0) + plane];
  }
  const missing = planes.indexOf(undefined);
  if (missing >= 0) throw new Error(`its OME-XML has no page for plane ${missing} of ${count}`);
  return planesOf(
    planes.flatMap((page) => page ?? []),
    count,
    fileSize,
  );
}

function omeSeries(ome: OmeImage, pages: readonly Page[], fileSize: number): Series {
  const { samples, height, width } = pages[0];
  const { axes, spacing } = ome;
  if (ome.sizes.X !== width || ome.sizes.Y !== height) {
    throw new Error(
      `its OME-XML says ${ome.sizes.Y} × ${ome.sizes.X} pixels, its first page ${height} × ${width}`,
    );
  }
  // The samples of a pixel are channels, too.
  const sizes: Record<string, number> = {
    ...ome.sizes,
    C: samples > 1 ? Math.max(1, Math.floor(ome.sizes.C / samples)) : ome.sizes.C,
  };
  const kept = [...axes].slice(0, -2).filter((axis) => sizes[axis] > 1);
  return {
    shape: kept.map((axis) => sizes[axis]),
    dimensions: [
      ...kept.map((name) => (name === "Z" ? { name, spacing: spacing.Z } : { name })),
      ...planeAxes(pages[0], [spacing.Y, spacing.X]),
    ],
    planes: omePlanes(ome, sizes, pages, fileSize),
    role: ome.name === labelsName ? "labels" : undefined,
    channels: ome.channels?.length === sizes.C ? ome.channels : undefined,
  };
}

/** The shape in tifffile's own description, e.g. `{"shape": [4, 512, 512]}`, and the axes if it names them. */
function described(description: string): { shape: number[]; axes: string | undefined } | undefined {
  if (!/^\{.*"shape":/s.test(description)) return undefined;
  try {
    const { shape, axes } = JSON.parse(description);
    const isShape = Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length > 0);
    return isShape ? { shape, axes: typeof axes === "string" ? axes : undefined } : undefined;
  } catch {
    // Somebody else's text.
    return undefined;
  }
}

function tifffileSeries(
  { shape, axes }: { shape: number[]; axes: string | undefined },
  pages: readonly Page[],
  spacing: readonly (number | undefined)[],
  fileSize: number,
): Series | undefined {
  const [{ height, width, samples, isPlanar }] = pages;
  const last =
    samples === 1 ? [height, width] : isPlanar ? [samples, height, width] : [height, width, samples];
  const inner = shape.slice(-last.length);
  if (inner.join() !== last.join()) return undefined;
  const outer = shape.slice(0, -last.length);
  const kept = outer.map((_, axis) => axis).filter((axis) => outer[axis] > 1);
  const letters = axes?.length === shape.length ? axes.toUpperCase() : "";
  return {
    shape: kept.map((axis) => outer[axis]),
    dimensions: [
      ...kept.map((axis) => ({ name: /[TCZ]/.test(letters[axis] ?? "") ? letters[axis] : "Q" })),
      ...planeAxes(pages[0], spacing),
    ],
    planes: planesOf(pages, sizeOf(outer), fileSize),
  };
}

/** The pixel size that Aperio's scanners write, e.g. `|MPP = 0.4990|`. */
function aperioSpacing(description: string): [number, number] | undefined {
  const size = description.startsWith("Aperio") ? description.match(/\|MPP = ([\d.]+)/)?.[1] : undefined;
  const known = knownSize(size === undefined ? undefined : Number(size));
  return known === undefined ? undefined : [known, known];
}

/** One page by itself, whatever the file says of all. */
export async function pageSeries(source: ByteSource, page: Page): Promise<Series> {
  const spacing = await resolutionOf(source, page.directory, undefined);
  return { shape: [], dimensions: planeAxes(page, spacing), planes: [page] };
}

/**
 * What the pages of a file are together: by OME-XML, ImageJ's or tifffile's description, or else a stack.
 *
 * @param pages all that are no reduced versions and no masks of others
 * @throws {Error} if a description and the pages don't fit, or pages differ
 */
export async function seriesOf(source: ByteSource, pages: readonly Page[]): Promise<Series> {
  const [first] = pages;
  const description = await tagText(source, first.directory, 270);
  if (isOmeXml(description)) return omeSeries(await readOmeXml(description), pages, source.size);
  if (isImagej(description)) {
    const stack = readImagej(description, first.samples);
    const spacing = await resolutionOf(source, first.directory, stack.unit);
    const own = stack.unit === undefined ? [undefined, undefined] : spacing;
    const dimensions = [...stack.dimensions, ...planeAxes(first, own)];
    const planes = planesOf(pages, stack.images, source.size);
    return { shape: stack.shape, dimensions, planes, role: stack.role };
  }
  const spacing = aperioSpacing(description) ?? (await resolutionOf(source, first.directory, undefined));
  const shaped = described(description);
  const found = shaped && tifffileSeries(shaped, pages, spacing, source.size);
  if (found) return found;
  if ((first.directory.entries.get(33629)?.count ?? 1) > 1 && pages.length === 1) {
    throw new Error("it is a MetaMorph stack, whose planes have no pages; save it as TIFF in Fiji");
  }
  const alike = pages.filter((page) => isAlike(page, first));
  // A slide, which is in tiles, has pictures of itself and of its label beside it.
  if (alike.length < pages.length && !first.isTiled) {
    const sizes = [
      ...new Set(
        pages.map(
          ({ height, width, samples, dtype }) =>
            `${height} × ${width}${samples > 1 ? ` × ${samples}` : ""} ${dtype}`,
        ),
      ),
    ];
    const some = sizes.slice(0, 4).join(", ") + (sizes.length > 4 ? ", …" : "");
    throw new Error(
      `its ${pages.length} pages must be alike to be a stack, got ${some}; read one with { page: 0 }`,
    );
  }
  const shape = alike.length > 1 ? [alike.length] : [];
  return {
    shape,
    dimensions: [...shape.map(() => ({ name: "I" })), ...planeAxes(first, spacing)],
    planes: alike,
  };
}
