import { type Dimension, type DType, itemSize } from "@bioengine/ndarray";
import { type ByteSource, withSource } from "./bytesource";
import { viewOf } from "./dataview";
import { type Layer, squeezed } from "./layer";
import { rawLayer } from "./rawlayer";
import { knownSize } from "./unit";

/** The dtypes by NIfTI's numbers. */
const dtypes: Record<number, DType> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};

const otherKinds: Record<number, string> = {
  1: "single bits",
  32: "complex numbers",
  128: "RGB",
  1536: "128-bit floats",
  1792: "complex numbers",
  2304: "RGBA",
};

/** µm of the units of length: metre, millimetre, micrometre. */
const units: Record<number, number> = { 1: 1e6, 2: 1e3, 3: 1 };

interface Header {
  readonly littleEndian: boolean;
  /** Lengths of the axes X, Y, Z, T, … */
  readonly lengths: readonly number[];
  /** Pixel size along them, in `unit`. */
  readonly sizes: readonly number[];
  readonly unit: number;
  readonly datatype: number;
  readonly offset: number;
  readonly slope: number;
  readonly intercept: number;
}

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 3));

/** Whether a file's first bytes are those of NIfTI-1 or NIfTI-2. */
export const isNifti = (head: Uint8Array): boolean =>
  /^n[i+]1$/.test(text(head, 344)) || /^n[i+]2$/.test(text(head, 4));

// nifti1.h and nifti2.h: where the fields of both versions lie.
const HEADER_SIZE = 540;

async function readHeader(source: ByteSource): Promise<Header> {
  const bytes = await source.read(0, Math.min(HEADER_SIZE, source.size));
  const view = viewOf(bytes);
  const isSecond = text(bytes, 4).startsWith("n");
  if (text(bytes, isSecond ? 4 : 344)[1] === "i") {
    throw new Error("its pixels are in another file, .img; save it as .nii");
  }
  const littleEndian = [348, 540].includes(view.getInt32(0, true));
  const eight = <T>(read: (index: number) => T) => Array.from({ length: 8 }, (_, index) => read(index));
  const float = (at: number) => view.getFloat32(at, littleEndian);
  const double = (at: number) => view.getFloat64(at, littleEndian);
  const long = (at: number) => Number(view.getBigInt64(at, littleEndian));
  const short = (at: number) => view.getInt16(at, littleEndian);
  const dims = isSecond ? eight((index) => long(16 + 8 * index)) : eight((index) => short(40 + 2 * index));
  const sizes = isSecond
    ? eight((index) => double(104 + 8 * index))
    : eight((index) => decimalOf(float(76 + 4 * index)));
  const [count, ...lengths] = dims;
  if (!(count >= 1 && count <= 7) || !lengths.slice(0, count).every((length) => length >= 1)) {
    throw new Error(`its axes must be 1 to 7, of length 1 or more, got [${dims.join(", ")}]`);
  }
  return {
    littleEndian,
    lengths: lengths.slice(0, count),
    sizes: sizes.slice(1, count + 1),
    unit: (isSecond ? view.getInt32(500, littleEndian) : view.getUint8(123)) & 7,
    datatype: short(isSecond ? 12 : 70),
    offset: isSecond ? long(168) : float(108),
    slope: isSecond ? double(176) : float(112),
    intercept: isSecond ? double(184) : float(116),
  };
}

/** The shortest decimal number of a float32, as it was meant: 0.2 of 0.20000000298. */
function decimalOf(single: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(single.toPrecision(digits));
    if (Math.fround(decimal) === single) return decimal;
  }
  return single;
}

function dimensionsOf({ lengths, sizes, unit }: Header): Dimension[] {
  const scale = units[unit];
  return lengths.map((_, axis) => {
    // Axes after the time are the values of a pixel; what others are is not known.
    const name = "XYZTC"[axis] ?? "Q";
    const size =
      scale === undefined ? undefined : knownSize(Number((Math.abs(sizes[axis]) * scale).toPrecision(15)));
    return axis < 3 ? { name, spacing: size } : { name };
  });
}

/** The layer with values as `slope * value + intercept`, in float64. */
function scaled(layer: Layer, slope: number, intercept: number): Layer {
  const read = async (start: readonly number[], stop: readonly number[]) => {
    const array = (await layer.read(start, stop)).astype("float64");
    const values = array.buffer;
    for (let i = 0; i < values.length; i++) values[i] = slope * values[i] + intercept;
    return array;
  };
  return { ...layer, dtype: "float64", read };
}

/**
 * The image of a NIfTI file, as `[…, t, z, y, x]` (the file's own order is the reverse).
 *
 * Values with a slope and intercept are float64, as nibabel gives them; all others are those of the file.
 *
 * @throws {Error} if it is not whole, or of another dtype
 */
export async function niftiLayers(input: string | Uint8Array): Promise<Layer[]> {
  return withSource(input, async (source) => {
    const header = await readHeader(source);
    const { datatype, littleEndian, slope, intercept, offset } = header;
    const dtype = dtypes[datatype];
    if (dtype === undefined) {
      throw new Error(
        `its values must be integers or floats up to 64 bits, got ${otherKinds[datatype] ?? "another kind"} (${datatype})`,
      );
    }
    if (!(offset >= 0 && Number.isInteger(offset)))
      throw new Error(`its values must begin in the file, got byte ${offset}`);
    const format = { dtype, isBigEndian: !littleEndian && itemSize(dtype) > 1, isFortran: false };
    const shape = [...header.lengths].reverse();
    const dimensions = dimensionsOf(header).reverse();
    const layer = squeezed(rawLayer(input, source.size, { shape, dtype, dimensions, format, offset }));
    const isScaled = Number.isFinite(slope) && slope !== 0 && (slope !== 1 || intercept !== 0);
    return [isScaled ? scaled(layer, slope, Number.isFinite(intercept) ? intercept : 0) : layer];
  });
}
