import { Fields } from "./field";

/** Most pixels a payload may declare: 16,384². A larger one is refused before memory is taken for it. */
export const MAX_PIXELS: number = 2 ** 28;

/** How `labels.data` is laid out once inflated; all little-endian, row-major. See `encodeLabels`. */
export type LabelEncoding = "u16-deflate" | "u32-deflate" | "rle-deflate";

/** The labels of a mask as text. */
export interface EncodedLabels {
  encoding: LabelEncoding;
  /** base64 of a zlib stream. */
  data: string;
}

/** The picture under a mask, as the browser can show it without help. */
export interface DisplayImage {
  mimeType: "image/png" | "image/jpeg" | "image/webp";
  /** base64 */
  data: string;
  /**
   * Size in pixels of this picture; it covers the whole mask even where it is smaller than the mask. A stack's planes
   * lie one below the other, all of one height.
   */
  width: number;
  height: number;
}

/** Planes of one size: slices in depth, or points in time. */
export interface PlaneStack {
  axis: "z" | "t";
  planes: number;
}

/** Another mask to hold a mask against. Labels that are in no list match one of the other mask. */
export interface MaskComparison {
  /** The other mask, laid out as the mask itself. */
  labels: EncodedLabels;
  /** Its largest label. */
  maxLabel: number;
  /** Labels of the mask with no counterpart, over several counterparts, and that are one of several parts. */
  mask: { extra: number[]; merged: number[]; split: number[] };
  /** Labels of the other mask that were not found, not told apart from others, and found in several parts. */
  expected: { missed: number[]; merged: number[]; split: number[] };
}

/** Numbers of labels, which the mask is coloured by at first. Labels that are not listed have none. */
export interface MaskMeasurement {
  name: string;
  unit?: string;
  labels: number[];
  /** A finite number for each of `labels`. */
  values: number[];
}

/**
 * A label mask with everything a viewer needs, no kernel asked.
 *
 * @example
 * const payload: MaskPayload = parseMaskPayload(JSON.parse(text));
 */
export interface MaskPayload {
  version: 1;
  /** Hash of the label data: the same labels have the same id, which links a table to its mask. */
  id: string;
  /** Size of the mask, or of a stack's plane, in pixels. */
  width: number;
  height: number;
  /** Of a mask of several planes; then `labels` holds them one after the other. */
  stack?: PlaneStack;
  /** Number of distinct labels, background 0 left out. */
  count: number;
  /** Largest label, 0 in an empty mask. */
  maxLabel: number;
  labels: EncodedLabels;
  image?: DisplayImage;
  comparison?: MaskComparison;
  measurement?: MaskMeasurement;
  title?: string;
  /** Size of a mask pixel `[y, x]`, in `unit`. */
  spacing?: [number, number];
  /** Unit of `spacing`, such as `"µm"`. */
  unit?: string;
  /** What the mask holds, in words: for readers of text and screen readers. */
  digest: string;
}

const encodings = ["u16-deflate", "u32-deflate", "rle-deflate"] as const;
const imageTypes = ["image/png", "image/jpeg", "image/webp"] as const;

/**
 * Read the JSON of a `MASK_MIME` output. The label data itself is checked by `decodeLabels`.
 *
 * @param json the parsed JSON, from any source; not modified
 * @returns a new object with the known fields only
 * @throws {DecodeError} naming the field that is missing or wrong
 * @example
 * const payload = parseMaskPayload(model.data["application/vnd.bioengine.mask+json"]);
 */
export function parseMaskPayload(json: unknown): MaskPayload {
  const fields = new Fields(json, "mask payload");
  const version = fields.version();
  const width = fields.integer("width", 1, MAX_PIXELS);
  const height = fields.integer("height", 1, MAX_PIXELS);
  const stack = fields.has("stack") ? parseStack(fields.object("stack")) : undefined;
  const pixels = width * height * (stack?.planes ?? 1);
  if (pixels > MAX_PIXELS) {
    const size = stack ? `${width}×${height}×${stack.planes}` : `${width}×${height}`;
    throw fields.error("width", `times height must be at most ${MAX_PIXELS} pixels`, size);
  }
  const maxLabel = fields.integer("maxLabel", 0, 2 ** 32 - 1);
  const payload: MaskPayload = {
    version,
    id: fields.string("id"),
    width,
    height,
    count: fields.integer("count", 0, Math.min(maxLabel, pixels)),
    maxLabel,
    labels: parseLabels(fields.object("labels")),
    digest: fields.string("digest"),
  };
  if (stack) payload.stack = stack;
  if (fields.has("image")) payload.image = parseImage(fields.object("image"), stack?.planes ?? 1);
  if (fields.has("comparison")) payload.comparison = parseComparison(fields.object("comparison"));
  if (fields.has("measurement")) payload.measurement = parseMeasurement(fields.object("measurement"));
  if (fields.has("title")) payload.title = fields.string("title");
  if (fields.has("spacing")) payload.spacing = parseSpacing(fields);
  if (fields.has("unit")) payload.unit = fields.string("unit");
  return payload;
}

function parseLabels(labels: Fields): EncodedLabels {
  return { encoding: labels.oneOf("encoding", encodings), data: labels.string("data") };
}

function parseComparison(comparison: Fields): MaskComparison {
  const mask = comparison.object("mask");
  const expected = comparison.object("expected");
  return {
    labels: parseLabels(comparison.object("labels")),
    maxLabel: comparison.integer("maxLabel", 0, 2 ** 32 - 1),
    mask: {
      extra: labelList(mask, "extra"),
      merged: labelList(mask, "merged"),
      split: labelList(mask, "split"),
    },
    expected: {
      missed: labelList(expected, "missed"),
      merged: labelList(expected, "merged"),
      split: labelList(expected, "split"),
    },
  };
}

function parseMeasurement(fields: Fields): MaskMeasurement {
  const labels = labelList(fields, "labels");
  const values = fields.array("values");
  const isNumber = (value: unknown): value is number => typeof value === "number";
  if (!values.every(isNumber) || values.length !== labels.length) {
    throw fields.error("values", `must be ${labels.length} numbers, one for each label`, values);
  }
  const measurement: MaskMeasurement = { name: fields.string("name"), labels, values };
  if (fields.has("unit")) measurement.unit = fields.string("unit");
  return measurement;
}

function labelList(fields: Fields, name: string): number[] {
  const list = fields.array(name);
  const isLabel = (value: unknown): value is number => typeof value === "number" && value >>> 0 === value;
  if (!list.every(isLabel)) throw fields.error(name, "must be labels from 0 to 4294967295", list);
  return list;
}

function parseStack(stack: Fields): PlaneStack {
  return { axis: stack.oneOf("axis", ["z", "t"]), planes: stack.integer("planes", 2, MAX_PIXELS) };
}

function parseImage(image: Fields, planes: number): DisplayImage {
  const height = image.integer("height", 1, MAX_PIXELS);
  if (height % planes !== 0) throw image.error("height", `must be a multiple of ${planes} planes`, height);
  return {
    mimeType: image.oneOf("mimeType", imageTypes),
    data: image.string("data"),
    width: image.integer("width", 1, MAX_PIXELS),
    height,
  };
}

function parseSpacing(fields: Fields): [number, number] {
  const spacing = fields.array("spacing");
  const [y, x] = spacing;
  if (spacing.length !== 2 || !isPositive(y) || !isPositive(x)) {
    throw fields.error("spacing", "must be two positive numbers [y, x]", spacing);
  }
  return [y, x];
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY;
}
