// The requests of the soak run: what is sent, and which answers are right.
import { randomBytes } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";

const encoder = new TextEncoder();

/** Numbers from 0 to 1, the same each time. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An image of bright discs, as the bytes of the datatype. */
function image(side, Type, next) {
  const pixels = new Type(side * side).fill(100);
  for (let disc = 0; disc < (side / 40) ** 2; disc++) {
    const [row, column] = [Math.floor(next() * side), Math.floor(next() * side)];
    for (let y = Math.max(0, row - 8); y < Math.min(side, row + 8); y++) {
      for (let x = Math.max(0, column - 8); x < Math.min(side, column + 8); x++) {
        if (Math.hypot(y - row, x - column) < 8) pixels[y * side + x] = 3000;
      }
    }
  }
  return Buffer.from(pixels.buffer);
}

/** The body of an inference, and the length of its JSON. */
export function inference(model, side, next, { binary = true, parameters = {} } = {}) {
  const stardist = model === "stardist";
  const pixels = image(side, stardist ? Uint16Array : Float32Array, next);
  const text = encoder.encode(JSON.stringify(parameters));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const head = encoder.encode(
    JSON.stringify({
      inputs: [
        {
          ...{ name: "image", datatype: stardist ? "UINT16" : "FP32" },
          ...{ shape: stardist ? [side, side] : [1, side, side] },
          parameters: { binary_data_size: pixels.length },
        },
        { name: "param", datatype: "BYTES", shape: [1], parameters: { binary_data_size: 4 + text.length } },
      ],
      parameters: { binary_data_output: binary },
    }),
  );
  return {
    path: `/v2/models/${model}/infer`,
    headers: { "Inference-Header-Content-Length": head.length },
    body: Buffer.concat([head, pixels, length, text]),
    right: [200],
    check(answer) {
      const packed = answer.headers["content-encoding"] === "gzip";
      const body = packed ? gunzipSync(answer.body) : answer.body;
      const jsonLength = answer.headers["inference-header-content-length"];
      const json = JSON.parse(body.subarray(0, jsonLength === undefined ? undefined : Number(jsonLength)));
      const [mask] = json.outputs;
      const bytes = jsonLength === undefined ? 2 * mask.data.length : mask.parameters.binary_data_size;
      return bytes === 2 * side * side;
    },
  };
}

const gzipped = (request) => ({
  ...request,
  headers: { ...request.headers, "Content-Encoding": "gzip", "Accept-Encoding": "gzip" },
  body: gzipSync(request.body, { level: 1 }),
});

const models = ["stardist", "cellpose-python"];
const pick = (list, next) => list[Math.floor(next() * list.length)];

/** A request that is answered with a mask. */
export function good(next) {
  const side = pick([64, 100, 160, 256, 400], next);
  const request = inference(pick(models, next), side, next, { binary: next() < 0.7 });
  return next() < 0.4 ? gzipped(request) : request;
}

/** A request whose image is listed in JSON, long enough to be read in a thread. */
export function listed(next) {
  const data = Array.from({ length: 256 * 256 }, () => Math.floor(next() * 4000));
  const inputs = [{ name: "image", datatype: "UINT16", shape: [256, 256], data }];
  return {
    ...{ path: "/v2/models/stardist/infer", headers: {}, right: [200] },
    body: encoder.encode(JSON.stringify({ inputs })),
  };
}

/** A request that must be refused. */
export function bad(next) {
  const ok = inference("stardist", 64, next);
  const one = { name: "image", datatype: "UINT16", shape: [2, 2], data: [1, 2, 3, 4] };
  const json = (value) => ({ ...ok, headers: {}, body: encoder.encode(JSON.stringify(value)) });
  const refused = [
    () => ({ ...ok, path: "/v2/models/nothing/infer", right: [404] }),
    () => ({ ...ok, body: ok.body.subarray(0, 5000), right: [400] }),
    () => ({ ...ok, headers: { "Inference-Header-Content-Length": 10 }, right: [500] }),
    () => ({ ...ok, headers: {}, body: randomBytes(10_000), right: [500] }),
    () => ({ ...ok, headers: { ...ok.headers, "Content-Encoding": "br" }, right: [501] }),
    () => ({ ...ok, headers: { ...ok.headers, "Content-Encoding": "gzip" }, right: [400] }),
    () => ({ ...json({ inputs: [{ ...one, shape: [2 ** 40, 2 ** 40] }] }), right: [500] }),
    () => ({ ...json({ inputs: [{ ...one, datatype: "FP32" }] }), right: [400] }),
    () => ({ ...json({ inputs: Array(3000).fill(one) }), right: [400] }),
    () => ({ ...json({ inputs: [[[[[[one]]]]]] }), right: [400] }),
    () => ({ ...inference("stardist", 64, next, { parameters: { prob_tresh: 1 } }), right: [400] }),
    () => ({ ...json({}), headers: { "Content-Encoding": "gzip" }, body: bomb(), right: [413, 503] }),
  ];
  return pick(refused, next)();
}

let bombBytes;
function bomb() {
  // 1.125 GiB of zeros.
  bombBytes ??= Buffer.concat(Array(18).fill(gzipSync(Buffer.alloc(2 ** 26), { level: 9 })));
  return bombBytes;
}
