import fc from "fast-check";
import { expect, test } from "vitest";
import { ProtocolError } from "../../src/error";
import { decodeRequest, encodeRequest, type ReceivedInput } from "../../src/request";
import { readTensor, type Tensor } from "../../src/tensor";
import { comparable, joined, tensors } from "./arbitrary";

const tensorOf = (input: ReceivedInput): Tensor =>
  "binary" in input ? readTensor(input.name, input.datatype, input.shape, input.binary) : input;

const requested = fc.uniqueArray(fc.record({ name: fc.string({ unit: "grapheme" }), binary: fc.boolean() }), {
  maxLength: 4,
  selector: ({ name }) => name,
});

const parameters = fc.dictionary(
  fc.string({ unit: "grapheme" }).map((key) => `my ${key}`),
  fc.oneof(fc.string(), fc.boolean(), fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.maxSafeInteger()),
);

test("decodeRequest() gives any tensors, outputs and parameters that encodeRequest() was given", () => {
  fc.assert(
    fc.property(
      tensors,
      requested,
      parameters,
      fc.string({ unit: "grapheme" }),
      (inputs, outputs, own, id) => {
        const message = encodeRequest({ inputs, outputs, parameters: own, id });
        const body = joined(message);
        expect(body.length).toBe(message.byteLength);
        const received = decodeRequest(body, message.headerLength ?? body.length, "m");
        expect(received.inputs.map(tensorOf).map(comparable)).toEqual(inputs.map(comparable));
        expect(received.outputs ?? []).toEqual(outputs);
        expect(received.id ?? "").toBe(id);
        for (const [key, value] of Object.entries(own))
          expect(received.parameters[key]).toBe(value === 0 ? 0 : value);
      },
    ),
  );
});

test("decodeRequest() refuses a request that was cut anywhere or has more bytes", () => {
  fc.assert(
    fc.property(tensors, fc.uint8Array({ minLength: 1, maxLength: 9 }), (inputs, more) => {
      const message = encodeRequest({ inputs, outputs: [] });
      const body = joined(message);
      const jsonLength = message.headerLength ?? body.length;
      for (let length = 0; length < body.length; length++) {
        const cut = body.subarray(0, length);
        expect(() => decodeRequest(cut, Math.min(length, jsonLength), "m")).toThrow(ProtocolError);
      }
      const longer = new Uint8Array(Buffer.concat([body, more]));
      expect(() => decodeRequest(longer, jsonLength, "m")).toThrow(ProtocolError);
    }),
    { numRuns: 100 },
  );
});

const unexpected = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(-1, 0.5, 2 ** 53, 1e300, [1e9, 1e9], [1e300, 0], { toString: 1, valueOf: 1 }),
);

test("decodeRequest() refuses any members that don't fit with a ProtocolError, or reads them", () => {
  const any = fc.oneof(unexpected, fc.constant(undefined));
  const input = fc.record({
    name: fc.oneof(fc.constant("x"), any),
    datatype: fc.oneof(fc.constantFrom("FP32", "BYTES", "BOOL", "INT64", "FP16"), any),
    shape: fc.oneof(fc.array(fc.nat(4)), fc.array(any), any),
    data: fc.oneof(fc.constant(undefined), fc.array(any), any),
    parameters: fc.oneof(fc.record({ binary_data_size: fc.oneof(fc.nat(9), any) }), any),
  });
  const output = fc.record({ name: any, parameters: fc.oneof(any, fc.record({ binary_data: any })) });
  const request = fc.record({
    id: any,
    parameters: any,
    inputs: fc.oneof(fc.array(fc.oneof(input, any), { maxLength: 2 }), any),
    outputs: fc.oneof(fc.array(fc.oneof(output, any), { maxLength: 2 }), any),
  });
  fc.assert(
    fc.property(request, fc.uint8Array({ maxLength: 20 }), (request, data) => {
      const json = Buffer.from(JSON.stringify(request));
      try {
        decodeRequest(new Uint8Array(Buffer.concat([json, data])), json.length, "m");
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 5000 },
  );
});
