import fc from "fast-check";
import { expect, test } from "vitest";
import { DecodeError } from "../../src/error";
import { mayBeJson } from "../../src/jsondata";
import { decodeResponse, encodeResponse, type InferResponse } from "../../src/response";
import { choice, comparable, elementBits, joined, response } from "./arbitrary";
import { referenceOutputs } from "./reference";

const datatypeIn = ({ outputs }: InferResponse, wanted: string) =>
  outputs.find(({ name }) => name === wanted)?.datatype ?? "BYTES";

test("decodeResponse() gives any tensors that encodeResponse() was given, binary or JSON", () => {
  fc.assert(
    fc.property(response, choice, (given, asJson) => {
      const message = encodeResponse(given, (name) => !(asJson(name) && mayBeJson(datatypeIn(given, name))));
      const body = joined(message);
      expect(body.length).toBe(message.byteLength);
      const read = decodeResponse(body, message.headerLength);
      expect({ ...read, outputs: read.outputs.map(comparable) }).toEqual({
        ...given,
        outputs: given.outputs.map(comparable),
      });
    }),
    { numRuns: 1000 },
  );
});

/** The tensors that were read, or undefined where a DecodeError said that they can't be. */
function decoded(body: Uint8Array, headerLength: number | undefined): unknown[] | undefined {
  try {
    return decodeResponse(body, headerLength).outputs.map(comparable);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** A response with integers as JSON, where that was chosen: `JSON.parse` reads them as they are. */
const encoded = fc.tuple(response, choice).map(([given, asJson]) => {
  const isPlain = (name: string) => /^(BOOL|U?INT(8|16|32))$/.test(datatypeIn(given, name));
  const message = encodeResponse(given, (name) => !(asJson(name) && isPlain(name)));
  const body = joined(message);
  const { headerLength } = message;
  return {
    body,
    headerLength,
    json: body.subarray(0, headerLength),
    data: body.slice(headerLength ?? body.length),
  };
});

test("decodeResponse() refuses a response that was cut anywhere or has more bytes", () => {
  fc.assert(
    fc.property(encoded, fc.uint8Array({ minLength: 1, maxLength: 9 }), ({ body, headerLength }, more) => {
      for (let length = 0; length < body.length; length++) {
        expect(decoded(body.subarray(0, length), headerLength)).toBeUndefined();
      }
      const longer = new Uint8Array(Buffer.concat([body, more]));
      // White space after JSON alone means nothing.
      if (headerLength !== undefined) expect(decoded(longer, headerLength)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("decodeResponse() refuses a length of the JSON that is not its own", () => {
  const length = fc.oneof(fc.nat(400), fc.integer(), fc.double(), fc.constant(undefined));
  fc.assert(
    fc.property(encoded, length, ({ body, headerLength }, wrong) => {
      if (wrong === (headerLength ?? body.length) || headerLength === undefined) return;
      expect(decoded(body, wrong)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

const unexpected = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(-1, 0.5, 1e9, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1, 1e300, 128, 300, -129),
  fc.constantFrom<unknown>("4", "", null, true, [], {}, [[]], [1], [0], ["a"], [300], [-1], [1e300], [0.5]),
  fc.constantFrom<unknown>([1e9, 1e9], [2 ** 32, 2 ** 32], [2 ** 53, 0], [0, -1], [-2, -2], [-1], [0, 1e300]),
  fc.constantFrom<unknown>(
    ...["BOOL", "INT8", "UINT16", "FP16", "FP32", "INT64", "UINT64", "BYTES", "toString"],
  ),
  fc.constantFrom<unknown>({ toString: 1, valueOf: 1 }, [{ toString: null, valueOf: null }]),
  fc.nat(40).map((size) => ({ binary_data_size: size })),
);

interface Change {
  readonly kind: "remove" | "replace" | "add" | "shift";
  readonly place: number;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("remove", "replace", "add", "shift"),
  place: fc.nat(),
  value: unexpected,
});

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

const placesIn = (node: Node): [Node, string][] =>
  Object.entries(node).flatMap(
    ([key, value]) => [[node, key], ...(isNode(value) ? placesIn(value) : [])] as const,
  );

function apply(header: Node, { kind, place, value }: Change): void {
  const places = placesIn(header);
  if (places.length === 0) return;
  const [node, key] = places[place % places.length];
  const old = node[key];
  if (kind === "replace") node[key] = value;
  else if (kind === "shift") node[key] = typeof old === "number" ? old + (place % 9) - 4 : value;
  else if (kind === "add" && Array.isArray(node)) node.splice(Number(key), 0, place % 2 ? old : value);
  else if (kind === "add") node[place % 2 ? "data" : "parameters"] = value;
  else if (Array.isArray(node)) node.splice(Number(key), 1);
  else delete node[key];
}

const changes = fc.array(change, { minLength: 1, maxLength: 3 });

test("decodeResponse() reads JSON with changed members as another reader does, or refuses it as that does", () => {
  fc.assert(
    fc.property(encoded, changes, ({ json, data }, changes) => {
      const header = JSON.parse(Buffer.from(json).toString());
      for (const one of changes) apply(header, structuredClone(one));
      const text = JSON.stringify(header);
      const written = Buffer.from(text);
      const body = new Uint8Array(Buffer.concat([written, data]));
      expect(decoded(body, written.length)).toEqual(referenceOutputs(JSON.parse(text), data));
    }),
    { numRuns: 8000 },
  );
});

const jsonElement = fc.oneof(
  fc.constantFrom<unknown>(-129, -1, 0, 0.5, 1, 127, 128, 255, 256, 65_536, 2 ** 31, 2 ** 32, 1e300, 1e-50),
  fc.constantFrom<unknown>(true, "text", null, [], [1, [2]], {}),
);

test("decodeResponse() reads elements in JSON as another reader does, or refuses them as that does", () => {
  const datatype = fc.constantFrom(...Object.keys(elementBits), "BYTES");
  fc.assert(
    fc.property(datatype, fc.array(jsonElement, { maxLength: 3 }), (datatype, data) => {
      const shape = [data.flat(2).length];
      const text = JSON.stringify({ model_name: "m", outputs: [{ name: "x", datatype, shape, data }] });
      expect(decoded(Buffer.from(text), undefined)).toEqual(
        referenceOutputs(JSON.parse(text), new Uint8Array()),
      );
    }),
    { numRuns: 5000 },
  );
});

test("decodeResponse() reads integers in JSON only if their datatype has them", () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 65n), 2n ** 66n), fc.integer({ min: 0, max: 66 }), (large, shift) => {
      const integer = large >> BigInt(shift);
      for (const [datatype, bits] of Object.entries(elementBits)) {
        if (!datatype.includes("INT")) continue;
        const cut = datatype.startsWith("U") ? BigInt.asUintN : BigInt.asIntN;
        const head = `{"model_name":"m","outputs":[{"name":"x","shape":[1],"datatype":"${datatype}"`;
        const read = decoded(Buffer.from(`${head},"data":[${integer}]}]}`), undefined);
        const output = { name: "x", datatype, shape: [1], elements: [String(integer)] };
        expect(read).toEqual(cut(bits, integer) === integer ? [output] : undefined);
      }
    }),
    { numRuns: 1000 },
  );
});

test("decodeResponse() reads JSON with changed bytes as another reader does, or refuses it", () => {
  const edits = fc.array(
    fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('0123456789-.e,:"[]{}')))),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  fc.assert(
    fc.property(encoded, edits, ({ json, data }, edits) => {
      const changed = Buffer.from(json);
      for (const [place, byte] of edits) changed[place % json.length] = byte;
      const read = decoded(new Uint8Array(Buffer.concat([changed, data])), changed.length);
      if (read) expect(read).toEqual(referenceOutputs(JSON.parse(changed.toString()), data));
    }),
    { numRuns: 6000 },
  );
});

test("decodeResponse() reads binary data with changed bytes as another reader does", () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(encoded, edits, ({ json, data }, edits) => {
      const changed = Buffer.from(data);
      for (const [place, byte] of edits) if (data.length > 0) changed[place % data.length] = byte;
      const read = decoded(new Uint8Array(Buffer.concat([json, changed])), json.length);
      expect(read).toEqual(referenceOutputs(JSON.parse(Buffer.from(json).toString()), changed));
    }),
    { numRuns: 1000 },
  );
});

test("decodeResponse() refuses garbage", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.json().map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bytes, fc.option(fc.nat(90), { nil: undefined }), (body, length) => {
      expect(decoded(body, length)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});
