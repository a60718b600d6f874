import fc from "fast-check";
import type { NumericDatatype } from "../../src/datatype";
import type { Message } from "../../src/message";
import type { InferResponse } from "../../src/response";
import { elementCount, readNumbers, type Tensor } from "../../src/tensor";

// The same examples each time.
fc.configureGlobal({ seed: 20_260, numRuns: 300 });

/** Bits of an element of each datatype of numbers. */
export const elementBits: Readonly<Record<NumericDatatype, number>> = {
  BOOL: 8,
  UINT8: 8,
  UINT16: 16,
  UINT32: 32,
  UINT64: 64,
  INT8: 8,
  INT16: 16,
  INT32: 32,
  INT64: 64,
  FP16: 16,
  BF16: 16,
  FP32: 32,
  FP64: 64,
};

const numericDatatypes = Object.keys(elementBits) as NumericDatatype[];

/** A shape of few elements, of any number of axes, also without elements. */
export const shape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });

/** Bits with the greatest exponents of each format: infinities, and the numbers and NaNs beside them. */
const exponents: Record<number, bigint[]> = {
  8: [],
  16: [0x7c00n, 0x7f80n],
  32: [0x7f800000n],
  64: [0x7ff0000000000000n],
};

function elementOf(datatype: NumericDatatype): fc.Arbitrary<bigint> {
  if (datatype === "BOOL") return fc.constantFrom(0n, 1n);
  const bits = elementBits[datatype];
  const half = 2n ** BigInt(bits - 1);
  const greatest = exponents[bits].flatMap((bits) => [bits - 1n, bits, bits + 1n]);
  const extreme = [0n, 1n, half - 1n, ...greatest].flatMap((bits) => [bits, bits + half]);
  return fc.oneof(fc.bigInt(0n, 2n * half - 1n), fc.constantFrom(...extreme));
}

function bytesOfElements(elements: readonly bigint[], size: number): Uint8Array {
  return Uint8Array.from({ length: elements.length * size }, (_, at) =>
    Number((elements[Math.floor(at / size)] >> BigInt(8 * (at % size))) & 255n),
  );
}

function numericTensor(datatype: NumericDatatype): fc.Arbitrary<Tensor> {
  return fc.tuple(name, shape).chain(([name, shape]) => {
    const count = elementCount(shape);
    return fc
      .array(elementOf(datatype), { minLength: count, maxLength: count })
      .map((elements) => bytesOfElements(elements, elementBits[datatype] / 8))
      .map((bytes): Tensor => ({ name, datatype, shape, data: readNumbers(bytes, datatype) }));
  });
}

/** Byte strings of any bytes, and text. */
export const byteString: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.string({ unit: "grapheme" }).map((text) => new TextEncoder().encode(text)),
  fc.constantFrom(Uint8Array.of(0), Uint8Array.of(0xef, 0xbb, 0xbf, 65), Uint8Array.of(0xed, 0xa0, 0x80)),
);

const bytesTensor: fc.Arbitrary<Tensor> = fc.tuple(name, shape).chain(([name, shape]) => {
  const count = elementCount(shape);
  return fc
    .array(byteString, { minLength: count, maxLength: count })
    .map((data): Tensor => ({ name, datatype: "BYTES", shape, data }));
});

/** A tensor of any datatype and shape, with any elements. */
export const tensor: fc.Arbitrary<Tensor> = fc.oneof(...numericDatatypes.map(numericTensor), bytesTensor);

/** Tensors of different names. */
export const tensors: fc.Arbitrary<Tensor[]> = fc.uniqueArray(tensor, {
  maxLength: 4,
  selector: ({ name }) => name,
});

/** A response with any outputs. */
export const response: fc.Arbitrary<InferResponse> = fc.record({
  id: fc.option(fc.string({ minLength: 1, unit: "grapheme" }), { nil: undefined }),
  modelName: fc.string({ unit: "grapheme" }),
  modelVersion: fc.string(),
  outputs: tensors,
});

/** Which outputs go as JSON, by name. */
export const choice: fc.Arbitrary<(name: string) => boolean> = fc.func(fc.boolean());

/** A body in one piece. */
export const joined = ({ parts }: Message): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** A tensor in a form that is compared bit for bit, except for what kind of NaN a NaN is. */
export function comparable({ name, datatype, shape, data }: Tensor): unknown {
  const elements = Array.from(data as ArrayLike<unknown>, elementText);
  return { name, datatype, shape, elements };
}

/** An element as text: byte strings in hexadecimal. */
export function elementText(element: unknown): string {
  if (element instanceof Uint8Array) return Buffer.from(element).toString("hex");
  return Object.is(element, -0) ? "-0" : String(element);
}
