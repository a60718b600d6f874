import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../../src/error";
import { mayBeJson } from "../../src/jsondata";
import type { Message } from "../../src/message";
import { decodeRequest, encodeRequest, type ReceivedInput } from "../../src/request";
import { decodeResponse, encodeResponse, type InferResponse } from "../../src/response";
import { elementCount, readTensor, type Tensor } from "../../src/tensor";
import { comparable, tensors } from "./arbitrary";

const joined = ({ parts }: Message): Uint8Array => new Uint8Array(Buffer.concat(parts));

const tensorOf = (input: ReceivedInput): Tensor =>
  "binary" in input ? readTensor(input.name, input.datatype, input.shape, input.binary) : input;

const response = fc.record({
  id: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  modelName: fc.string(),
  modelVersion: fc.string(),
  outputs: tensors,
});

test("decodeRequest() gives any tensors that encodeRequest() was given", () => {
  fc.assert(
    fc.property(tensors, (inputs) => {
      const message = encodeRequest({ inputs, outputs: [] });
      const body = joined(message);
      const received = decodeRequest(body, message.headerLength ?? body.length, "m").inputs;
      expect(received.map(tensorOf).map(comparable)).toEqual(inputs.map(comparable));
    }),
  );
});

test("decodeResponse() gives any tensors that encodeResponse() was given, binary or JSON", () => {
  fc.assert(
    fc.property(response, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (given, choices) => {
      const asJson = (name: string) => {
        const index = given.outputs.findIndex((output) => output.name === name);
        // Text must be UTF-8 there, and JSON knows one NaN.
        const { datatype } = given.outputs[index];
        return choices[index] && mayBeJson(datatype) && datatype !== "BYTES";
      };
      const message = encodeResponse(given, (name) => !asJson(name));
      const read = decodeResponse(joined(message), message.headerLength);
      expect({ ...read, outputs: read.outputs.map(comparable) }).toEqual({
        ...given,
        outputs: given.outputs.map(comparable),
      });
    }),
  );
});

/** What was read is consistent: as many elements as the shape has. Or it is refused with a DecodeError. */
function refusedOrConsistent(body: Uint8Array, headerLength: number | undefined): InferResponse | undefined {
  try {
    const read = decodeResponse(body, headerLength);
    for (const { shape, data } of read.outputs) expect(data.length).toBe(elementCount(shape));
    return read;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const binary = (given: InferResponse) => {
  const message = encodeResponse(given, () => true);
  return { body: joined(message), headerLength: message.headerLength };
};

test("decodeResponse() refuses a response that was cut or has more bytes", () => {
  fc.assert(
    fc.property(response, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 9 }), (given, place, more) => {
      const { body, headerLength } = binary(given);
      const cut = body.subarray(0, place % body.length);
      expect(() => decodeResponse(cut, headerLength)).toThrow(DecodeError);
      const longer = new Uint8Array(Buffer.concat([body, more]));
      // White space after JSON alone means nothing.
      if (headerLength !== undefined) expect(() => decodeResponse(longer, headerLength)).toThrow(DecodeError);
    }),
  );
});

test("decodeResponse() refuses a length of the JSON that is not its own", () => {
  const length = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5),
  );
  fc.assert(
    fc.property(response, length, (given, wrong) => {
      const { body, headerLength } = binary(given);
      if (headerLength === undefined || wrong === headerLength) return;
      expect(() => decodeResponse(body, wrong)).toThrow(DecodeError);
    }),
  );
});

test("decodeResponse() never gives a wrong array for JSON with changed bytes", () => {
  fc.assert(
    fc.property(
      response,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (given, changes) => {
        const { body, headerLength = body.length } = binary(given);
        const before = body.slice(headerLength);
        for (const [place, byte] of changes) body[place % headerLength] = byte;
        const read = refusedOrConsistent(body, headerLength === body.length ? undefined : headerLength);
        const size = (read?.outputs ?? []).reduce((sum, { datatype, data }) => {
          const bytes =
            datatype === "BYTES"
              ? data.reduce<number>((all, one) => all + 4 + Buffer.from(one as Uint8Array).length, 0)
              : undefined;
          return sum + (bytes ?? 0);
        }, 0);
        expect(size).toBeLessThanOrEqual(before.length);
      },
    ),
    { numRuns: 2000 },
  );
});

const output = fc.record(
  {
    name: fc.anything(),
    datatype: fc.oneof(fc.constantFrom("FP32", "BYTES", "INT64", "BOOL", "UINT8"), fc.anything()),
    shape: fc.oneof(
      fc.array(fc.oneof(fc.nat(5), fc.integer(), fc.constantFrom(2 ** 53, 1e9, -1, 0.5, 2 ** 31))),
      fc.anything(),
    ),
    data: fc.oneof(fc.array(fc.anything()), fc.anything()),
    parameters: fc.oneof(
      fc.record({ binary_data_size: fc.oneof(fc.nat(64), fc.double(), fc.integer(), fc.anything()) }),
      fc.anything(),
    ),
  },
  { requiredKeys: [] },
);

test("decodeResponse() refuses any JSON that is not a response, and never another way", () => {
  fc.assert(
    fc.property(fc.array(output, { maxLength: 3 }), fc.uint8Array({ maxLength: 64 }), (outputs, data) => {
      const json = JSON.stringify({ model_name: "m", outputs }, (_, value) =>
        typeof value === "bigint" ? Number(value) : value,
      );
      const header = Buffer.from(json);
      refusedOrConsistent(new Uint8Array(Buffer.concat([header, data])), header.length);
    }),
    { numRuns: 3000 },
  );
});

test("decodeResponse() refuses garbage", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.option(fc.nat(90), { nil: undefined }),
      (body, length) => {
        expect(refusedOrConsistent(body, length)).toBeUndefined();
      },
    ),
    { numRuns: 2000 },
  );
});
