import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, json } from "../client";
import { recordedModels } from "../recordedmodels";
import { expectAnswered, fuzzedServer, inferPath } from "./fuzz";

const server = fuzzedServer();

const concat = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const datatypes = ["BOOL", "FP16", "BF16", "FP32", "INT64", "UINT64", "UINT8", "BYTES", "FLOAT", ""];

/** Any value, more often one that is nearly right. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(0, -1, 1.5, 1e300, 2 ** 53, 2 ** 64, "", "x", null, [], {}, [[]], true),
);

const shape = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
  fc.array(fc.constantFrom<unknown>(-1, 0, 1, 2 ** 32, 2 ** 53 - 1, 2 ** 63, 1.5, "1", null), {
    maxLength: 4,
  }),
  odd,
);

const element = fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.string(), odd);

const input = fc.record(
  {
    name: fc.oneof(fc.constantFrom("x", "s", "image", "param"), fc.string(), odd),
    datatype: fc.oneof(fc.constantFrom(...datatypes), odd),
    shape,
    data: fc.oneof(fc.array(element, { maxLength: 16 }), fc.array(fc.array(element, { maxLength: 4 })), odd),
    parameters: fc.oneof(
      fc.record({ binary_data_size: fc.oneof(fc.integer({ min: -8, max: 64 }), odd) }),
      odd,
    ),
  },
  { requiredKeys: [] },
);

const output = fc.record(
  {
    name: fc.oneof(fc.constantFrom("y", "o", "mask", "info"), odd),
    parameters: fc.oneof(
      fc.record(
        { binary_data: fc.oneof(fc.boolean(), odd), classification: odd, shared_memory_region: odd },
        { requiredKeys: [] },
      ),
      odd,
    ),
  },
  { requiredKeys: [] },
);

const request = fc.record(
  {
    id: fc.oneof(fc.string(), odd),
    inputs: fc.oneof(fc.array(input, { maxLength: 4 }), odd),
    outputs: fc.oneof(fc.array(output, { maxLength: 4 }), odd),
    parameters: fc.oneof(
      fc.dictionary(fc.string(), odd),
      fc.record({ binary_data_output: fc.boolean() }),
      odd,
    ),
  },
  { requiredKeys: [] },
);

const bytes = fc.uint8Array({ maxLength: 200 });

const headerLength = fc.oneof(
  fc.integer({ min: -10, max: 300 }).map(String),
  fc.constantFrom("0", "-0", "1e9", "0x10", "abc", "99999999999999999999", " 5 ", "5,5", "NaN", "+7", "1.5"),
  fc.string({ unit: fc.constantFrom("0", "9", "-", " ", "e", "."), maxLength: 6 }),
);

test("startServer() answers any JSON with a status, and errors with JSON", async () => {
  await fc.assert(
    fc.asyncProperty(inferPath, fc.oneof(request, odd), async (path, value) => {
      await expectAnswered(server.url, { path, body: json(value) });
    }),
    { numRuns: 1000 },
  );
});

test("startServer() answers any JSON with any binary data and any header length", async () => {
  await fc.assert(
    fc.asyncProperty(
      inferPath,
      request,
      bytes,
      fc.option(headerLength),
      async (path, value, data, length) => {
        const head = json(value);
        const headers = { "Inference-Header-Content-Length": length ?? String(head.length) };
        await expectAnswered(server.url, { path, headers, body: concat(head, data) });
      },
    ),
    { numRuns: 1000 },
  );
});

test("startServer() answers any bytes in place of JSON", async () => {
  const almost = fc.tuple(request, fc.nat(), bytes).map(([value, at, inserted]) => {
    const text = json(value);
    const cut = at % (text.length + 1);
    return concat(text.subarray(0, cut), inserted.subarray(0, 3), text.subarray(cut));
  });
  await fc.assert(
    fc.asyncProperty(inferPath, fc.oneof(bytes, almost), async (path, body) => {
      await expectAnswered(server.url, { path, body });
    }),
    { numRuns: 600 },
  );
});

test("startServer() answers raw requests of any bytes", async () => {
  await fc.assert(
    fc.asyncProperty(inferPath, bytes, async (path, body) => {
      await expectAnswered(server.url, { path, headers: { "Inference-Header-Content-Length": "0" }, body });
    }),
  );
});

test("startServer() gives numbers back as they came, or refuses them", async () => {
  const identities = recordedModels.filter(({ name }) => /^id-(u?int|fp|bool)/.test(name));
  const sizes: Record<string, number> = { BOOL: 1, FP16: 2, FP32: 4, FP64: 8 };
  const sizeOf = (datatype: string) => sizes[datatype] ?? Number(datatype.replace(/\D/g, "")) / 8;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...identities),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 5 }),
      fc.uint8Array({ minLength: 200, maxLength: 200 }),
      fc.integer({ min: -2, max: 2 }),
      async ({ name, inputs: [{ datatype }] }, rows, columns, noise, difference) => {
        const size = rows * columns * sizeOf(datatype);
        const length = Math.max(0, size + difference);
        // Which kind of NaN a half-precision NaN is may be lost.
        const data = datatype === "FP16" ? noise.map((byte) => byte & 0x3f) : noise;
        const binary = data.subarray(0, length);
        const head = json({
          inputs: [{ name: "x", datatype, shape: [rows, columns], parameters: { binary_data_size: length } }],
          parameters: { binary_data_output: true },
        });
        const answer = await expectAnswered(server.url, {
          path: `/v2/models/${name}/infer`,
          headers: { "Inference-Header-Content-Length": String(head.length) },
          body: concat(head, binary),
        });
        expect(answer.status).toBe(length === size ? 200 : 400);
        if (length !== size) return;
        const start = Number(answer.headers["inference-header-content-length"] ?? answer.body.length);
        expect(answer.body.subarray(start).equals(binary)).toBe(true);
      },
    ),
  );
});

test("startServer() lists its models whatever it is asked with", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        bytes,
        odd.map(json),
        odd.map((ready) => json({ ready })),
      ),
      async (body) => {
        await expectAnswered(server.url, { path: "/v2/repository/index", body });
      },
    ),
  );
  expect((await ask(`${server.url}/v2/health/live`)).status).toBe(200);
});
