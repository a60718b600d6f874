import fc from "fast-check";
import type { NumericDatatype } from "../../src/datatype";
import { elementCount, readNumbers, type Tensor } from "../../src/tensor";

// The same examples each time.
fc.configureGlobal({ seed: 20_260, numRuns: 300 });

const numeric: readonly NumericDatatype[] = [
  ...(["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64"] as const),
  ...(["FP16", "BF16", "FP32", "FP64"] as const),
];

const sizes = { BOOL: 1, UINT8: 1, INT8: 1, UINT16: 2, INT16: 2, FP16: 2, BF16: 2 };
const sizeOf = (datatype: NumericDatatype): number =>
  sizes[datatype as keyof typeof sizes] ?? (datatype.endsWith("64") ? 8 : 4);

export const shape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });

/** A tensor of any bits: NaNs, infinities, both zeros and the ends of 64-bit integers among them. */
function numericTensor(datatype: NumericDatatype): fc.Arbitrary<Tensor> {
  return fc.tuple(name, shape).chain(([name, shape]) => {
    const length = elementCount(shape) * sizeOf(datatype);
    const extreme = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x7c);
    const byte =
      datatype === "BOOL" ? fc.constantFrom(0, 1) : fc.oneof(fc.integer({ min: 0, max: 255 }), extreme);
    return fc
      .array(byte, { minLength: length, maxLength: length })
      .map(
        (bytes): Tensor => ({ name, datatype, shape, data: readNumbers(Uint8Array.from(bytes), datatype) }),
      );
  });
}

const bytesTensor: fc.Arbitrary<Tensor> = fc.tuple(name, shape).chain(([name, shape]) => {
  const count = elementCount(shape);
  return fc
    .array(fc.uint8Array({ maxLength: 20 }), { minLength: count, maxLength: count })
    .map((data): Tensor => ({ name, datatype: "BYTES", shape, data }));
});

/** A tensor of any datatype and shape, with any elements. */
export const tensor: fc.Arbitrary<Tensor> = fc.oneof(...numeric.map(numericTensor), bytesTensor);

/** Tensors of different names. */
export const tensors: fc.Arbitrary<Tensor[]> = fc.uniqueArray(tensor, {
  maxLength: 4,
  selector: ({ name }) => name,
});

/** A tensor in a form that is compared bit for bit, except for what kind of NaN a NaN is. */
export function comparable({ name, datatype, shape, data }: Tensor): unknown {
  const elements = Array.from(data as ArrayLike<unknown>, (element) => {
    if (element instanceof Uint8Array) return Buffer.from(element).toString("hex");
    return Object.is(element, -0) ? "-0" : String(element);
  });
  return { name, datatype, shape, elements };
}
