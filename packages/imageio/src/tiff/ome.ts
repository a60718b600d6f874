import type { DType, NdArray } from "@bioengine/ndarray";

/** The name of an image of labels, by which it is known again. */
export const labelsName = "labels";

// What OME-XML calls the dtypes.
const types: Partial<Record<DType, string>> = {
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  int8: "int8",
  int16: "int16",
  int32: "int32",
  float32: "float",
  float64: "double",
  bool: "bit",
};

/** The dtypes that an OME-TIFF stores. */
export const omeDTypes: readonly string[] = Object.keys(types);

/** What OME-XML says of an array. */
export interface OmeAxes {
  /** The axes before Y and X, from the one that changes slowest. */
  readonly outer: string;
  /** Values of a pixel, on an axis after Y and X. */
  readonly samples: number;
}

/**
 * The axes that an array has in OME's terms: those it knows, with free letters for what is not known; else, from the
 * last, Y, X, Z, C, T.
 *
 * @param isColour whether the last of an array that knows no axes is the samples
 * @throws {RangeError} if they don't end with Y and X, or are more than T, C, Z and those
 */
export function omeAxes({ axes, shape }: NdArray, isColour: boolean): OmeAxes {
  const hasSamples = axes === undefined ? isColour : axes.endsWith("S");
  const samples = hasSamples ? shape[shape.length - 1] : 1;
  const plane = hasSamples ? 3 : 2;
  const outer = axes === undefined ? "TCZ".slice(-shape.length + plane, 3) : axes.slice(0, -plane);
  const names = shape.length === plane ? "" : outer;
  const isPlane = axes === undefined || axes.slice(-plane).startsWith("YX");
  const known = [...names].filter((name) => /[TCZ]/.test(name));
  const free = [..."ZTC"].filter((name) => !known.includes(name));
  const chosen = [...names].map((name) => (/[TCZ]/.test(name) ? name : free.shift()));
  const isWhole = chosen.every((name) => name !== undefined) && new Set(chosen).size === chosen.length;
  if (!isPlane || !isWhole || chosen.length !== shape.length - plane) {
    throw new RangeError(
      `the axes must be [t, c, z, y, x], fewer of them, or [y, x, c], got ${axes ?? `shape [${shape.join(", ")}]`}; reorder them with array.transpose`,
    );
  }
  return { outer: chosen.join(""), samples };
}

/** OME-XML (schema 2016-06) of an array whose planes are the file's pages, in C order. */
export function encodeOmeXml(array: NdArray, { outer, samples }: OmeAxes): string {
  const { dtype, role, dimensions = [] } = array;
  const plane = array.shape.slice(outer.length);
  const lengths: Record<string, number> = { X: plane[1], Y: plane[0], Z: 1, C: 1, T: 1 };
  for (const [axis, name] of [...outer].entries()) lengths[name] = array.shape[axis];
  const channels = lengths.C;
  lengths.C *= samples;
  const rest = [..."ZCT"].filter((name) => !outer.includes(name)).join("");
  const order = `XY${[...outer].reverse().join("")}${rest}`;
  const sizes = Object.entries(lengths).map(([name, length]) => `Size${name}="${length}"`);
  const physical = dimensions
    .filter(({ spacing }) => spacing !== undefined)
    .map(({ name, spacing }) => `PhysicalSize${name}="${spacing}"`);
  const channel = Array.from(
    { length: channels },
    (_, index) => `<Channel ID="Channel:0:${index}" SamplesPerPixel="${samples}"/>`,
  );
  const planes = array.shape.slice(0, outer.length).reduce((count, length) => count * length, 1);
  return `<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd"><Image ID="Image:0"${role === "labels" ? ` Name="${labelsName}"` : ""}><Pixels ID="Pixels:0" DimensionOrder="${order}" Type="${types[dtype]}" ${[...sizes, ...physical].join(" ")}>${channel.join("")}<TiffData IFD="0" PlaneCount="${planes}"/></Pixels></Image></OME>`;
}
