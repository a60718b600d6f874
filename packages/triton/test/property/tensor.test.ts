import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../../src/error";
import { receiveBuffer } from "../../src/message";
import { elementCount, readStrings, readTensor, tensorBytes } from "../../src/tensor";
import { byteString, comparable, shape, tensor } from "./arbitrary";

test("readTensor() gives any tensor that tensorBytes() was given, wherever its bytes lie", () => {
  fc.assert(
    fc.property(tensor, fc.nat(8), (given, offset) => {
      const bytes = tensorBytes(given);
      const moved = new Uint8Array(new ArrayBuffer(offset + bytes.length), offset);
      moved.set(bytes);
      expect(comparable(readTensor(given.name, given.datatype, given.shape, moved))).toEqual(
        comparable(given),
      );
    }),
  );
});

test("readTensor() refuses bytes that are not as many as the shape has", () => {
  fc.assert(
    fc.property(tensor, shape, fc.integer({ min: -9, max: 9 }), (given, wrong, more) => {
      const bytes = tensorBytes(given);
      const changed = new Uint8Array(Math.max(0, bytes.length + more));
      changed.set(bytes.subarray(0, changed.length));
      const { name, datatype } = given;
      if (changed.length !== bytes.length) {
        expect(() => readTensor(name, datatype, given.shape, changed)).toThrow(DecodeError);
      }
      if (elementCount(wrong) !== elementCount(given.shape)) {
        expect(() => readTensor(name, datatype, wrong, bytes)).toThrow(DecodeError);
      }
    }),
  );
});

test("readTensor() makes no more byte strings than the shape has", () => {
  fc.assert(
    fc.property(shape, fc.nat(1000), (shape, count) => {
      let made = 0;
      const bytes = Object.assign(new Uint8Array(4 * count), {
        subarray(start: number, end: number) {
          made++;
          return Uint8Array.prototype.subarray.call(this, start, end);
        },
      });
      if (count === elementCount(shape)) readTensor("x", "BYTES", shape, bytes);
      else expect(() => readTensor("x", "BYTES", shape, bytes)).toThrow(DecodeError);
      expect(made).toBeLessThanOrEqual(elementCount(shape));
    }),
  );
});

test("readStrings() refuses any bytes, or gives strings that fill them", () => {
  const length = fc.oneof(fc.nat(3), fc.constantFrom(2 ** 31, 2 ** 32 - 1));
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    length.map((length) => new Uint8Array(Uint32Array.of(length).buffer)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const bytes = new Uint8Array(Buffer.concat(parts));
      let strings: Uint8Array[];
      try {
        strings = readStrings(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
        return;
      }
      const written = strings.flatMap((one) => [Buffer.from(Uint32Array.of(one.length).buffer), one]);
      expect(Buffer.concat(written).equals(bytes)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("readStrings() gives any byte strings", () => {
  fc.assert(
    fc.property(fc.array(byteString), (data) => {
      const shape = [data.length];
      expect(readStrings(tensorBytes({ name: "x", datatype: "BYTES", shape, data }))).toEqual(data);
    }),
  );
});

test("receiveBuffer() gives room for a body, whatever the length of its JSON is said to be", () => {
  const said = fc.oneof(fc.double(), fc.integer(), fc.nat(1000), fc.constantFrom(-1, 0.5, 7.5, 2 ** 53));
  fc.assert(
    fc.property(fc.nat(100), said, (length, headerLength) => {
      const buffer = receiveBuffer(length, headerLength);
      expect(buffer.length).toBe(length);
      expect(buffer.buffer.byteLength).toBeLessThan(length + 8);
      if (Number.isSafeInteger(headerLength) && headerLength >= 0) {
        expect((BigInt(buffer.byteOffset) + BigInt(headerLength)) % 8n).toBe(0n);
      }
    }),
    { numRuns: 1000 },
  );
});
