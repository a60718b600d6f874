import fc from "fast-check";
import { expect, test } from "vitest";
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
