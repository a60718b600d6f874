import { elementBits, elementText } from "./arbitrary";

// A second reading of responses, one element after the other, and sharing nothing with the first.

const floats: Record<string, (view: DataView, at: number) => number> = {
  FP16: (view, at) => halfValue(view.getUint16(at, true)),
  BF16: (view, at) => brainValue(view.getUint16(at, true)),
  FP32: (view, at) => view.getFloat32(at, true),
  FP64: (view, at) => view.getFloat64(at, true),
};

const floatOf = (bits: number, fractionBits: number, bias: number): number => {
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  const exponent = Math.floor((bits % 0x8000) / 2 ** fractionBits);
  const sign = bits >= 0x8000 ? -1 : 1;
  if (exponent === 2 * bias + 1) return fraction > 0 ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent > 0 ? 2 ** (exponent - bias) * (1 + fraction) : 2 ** (1 - bias) * fraction);
};

/** The value of half-precision bits, by the formula of IEEE 754. */
export const halfValue = (bits: number): number => floatOf(bits, 10, 15);

/** The value of bfloat16 bits, by the same formula. */
export const brainValue = (bits: number): number => floatOf(bits, 7, 127);

const isKnown = (datatype: unknown): datatype is keyof typeof elementBits =>
  typeof datatype === "string" && Object.keys(elementBits).includes(datatype);

function integerAt(bytes: Uint8Array, at: number, size: number, signed: boolean): bigint {
  let integer = 0n;
  for (let i = 0; i < size; i++) integer += BigInt(bytes[at + i]) << BigInt(8 * i);
  return signed ? BigInt.asIntN(8 * size, integer) : integer;
}

function elementsOfBytes(datatype: unknown, bytes: Uint8Array): string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elements: string[] = [];
  if (datatype === "BYTES") {
    for (let at = 0; at < bytes.length; ) {
      if (at + 4 > bytes.length) return undefined;
      const end = at + 4 + view.getUint32(at, true);
      if (end > bytes.length) return undefined;
      elements.push(elementText(bytes.slice(at + 4, end)));
      at = end;
    }
    return elements;
  }
  if (!isKnown(datatype)) return undefined;
  const size = elementBits[datatype] / 8;
  if (bytes.length % size > 0) return undefined;
  for (let at = 0; at < bytes.length; at += size) {
    const float = floats[datatype];
    elements.push(
      elementText(float ? float(view, at) : integerAt(bytes, at, size, datatype.startsWith("I"))),
    );
  }
  return elements;
}

function elementOfJson(datatype: unknown, value: unknown): string | undefined {
  if (datatype === "BYTES") {
    return typeof value === "string" ? elementText(new TextEncoder().encode(value)) : undefined;
  }
  if (datatype === "BOOL") return typeof value === "boolean" ? String(Number(value)) : undefined;
  if (typeof value !== "number" || !isKnown(datatype)) return undefined;
  if (datatype === "FP32") return elementText(Math.fround(value));
  if (datatype === "FP64") return elementText(value);
  if (!Number.isSafeInteger(value)) return undefined;
  const signed = datatype.startsWith("I");
  const bits = elementBits[datatype];
  const fits = (signed ? BigInt.asIntN : BigInt.asUintN)(bits, BigInt(value)) === BigInt(value);
  return fits ? String(value) : undefined;
}

const jsonDatatypes = [...Object.keys(elementBits), "BYTES"].filter((name) => !/^(FP|BF)16$/.test(name));

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

const isLength = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** An output that must be refused. */
class Refusal extends Error {}

function outputOf(output: unknown, take: (size: number) => Uint8Array): unknown {
  const name = memberOf(output, "name");
  const datatype = memberOf(output, "datatype");
  const shape = memberOf(output, "shape");
  const data = memberOf(output, "data");
  const size = memberOf(memberOf(output, "parameters"), "binary_data_size");
  if (typeof name !== "string" || !Array.isArray(shape) || !shape.every(isLength)) throw new Refusal();
  if ((data === undefined) === (size === undefined)) throw new Refusal();
  let elements: (string | undefined)[] | undefined;
  if (Array.isArray(data) && jsonDatatypes.some((name) => name === datatype)) {
    elements = data.flat(Number.POSITIVE_INFINITY).map((value) => elementOfJson(datatype, value));
  } else if (isLength(size)) elements = elementsOfBytes(datatype, take(size));
  const count = shape.reduce((product, length) => product * BigInt(length), 1n);
  if (!elements || elements.includes(undefined) || BigInt(elements.length) !== count) throw new Refusal();
  return { name, datatype, shape, elements };
}

/**
 * The outputs of a response, as `comparable` gives them.
 *
 * @param header its JSON, as `JSON.parse` gives it
 * @returns undefined if the response must be refused
 */
export function referenceOutputs(header: unknown, data: Uint8Array): unknown[] | undefined {
  const outputs = memberOf(header, "outputs");
  const [id, version] = [memberOf(header, "id"), memberOf(header, "model_version")];
  const isText = (value: unknown) => value === undefined || value === null || typeof value === "string";
  if (!Array.isArray(outputs) || typeof memberOf(header, "model_name") !== "string") return undefined;
  if (!isText(id) || !isText(version)) return undefined;
  let position = 0;
  const take = (size: number) => {
    position += size;
    if (position > data.length) throw new Refusal();
    return data.slice(position - size, position);
  };
  try {
    const read = outputs.map((output) => outputOf(output, take));
    const names = new Set(outputs.map((output) => memberOf(output, "name")));
    return position === data.length && names.size === read.length ? read : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
