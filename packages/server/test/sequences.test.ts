import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ndarray } from "@bioengine/ndarray";
import { datatypeOf, execute, SequenceExecutor, TritonClient } from "@bioengine/triton";
import { afterEach, expect, test, vi } from "vitest";
import { checkConfig } from "../src/config/modelcheck";
import { readModelConfig } from "../src/config/modelconfig";
import { configOf } from "../src/config/modeldescription";
import { onnxModel } from "../src/onnxmodel";
import { type RunningServer, serveModels } from "../src/server";
import { ask, json } from "./client";
import { type Files, folderOf } from "./modelrepositoryfolder";
import { type FileTensor, onnxFile } from "./onnxfile";

interface Seen {
  readonly dtype: "float32" | "int32" | "uint64" | "bool";
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

interface Recorded {
  readonly configs: readonly {
    readonly name: string;
    readonly text: string;
    config?: string;
    refusal?: string;
  }[];
  readonly steps: readonly {
    readonly model: string;
    readonly body: { readonly parameters: object };
    readonly status: number;
    readonly seen?: Readonly<Record<string, Seen>>;
    readonly answer?: string;
  }[];
}

// What a real Triton made of sequence_batching, and what its models saw; see fixtures/sequences.py.
const fixture = readFileSync(join(__dirname, "fixtures/sequences.json"), "utf8");
const recorded: Recorded = JSON.parse(fixture);

const ofOnnx = (text: string): string => text.replace('backend: "python"', "");

const refused = recorded.configs.filter(({ refusal }) => refusal !== undefined);
const served = recorded.configs.filter(({ refusal }) => refusal === undefined);

test.each(served)(
  "configOf() answers for the sequences of $name what a real Triton answers",
  ({ text, config }) => {
    const read = readModelConfig(ofOnnx(text));
    checkConfig(read, "");
    const folder = folderOf({ "initial_state/s.raw": new Uint8Array(8), "1/model.onnx": "" });
    const answer = JSON.stringify(configOf(onnxModel(read, "1", join(folder, "1/model.onnx"))));
    const batching = (text = "") =>
      text.slice(text.indexOf('"sequence_batching"'), text.indexOf(',"instance_group"'));
    expect(batching(answer)).toBe(batching(config));
  },
);

test.each(refused)("a model with the sequences of $name is refused, as by a real Triton", ({ text }) => {
  const read = readModelConfig(ofOnnx(text));
  const folder = folderOf({ "initial_state/s.raw": new Uint8Array(8), "1/model.onnx": "" });
  const make = () => {
    checkConfig(read, "");
    onnxModel(read, "1", join(folder, "1/model.onnx"));
  };
  expect(make).toThrow(/^config\.pbtxt: /);
});

let server: RunningServer | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
});

async function serve(files: Files): Promise<string> {
  server = await serveModels([], { modelRepository: folderOf(files) });
  return server.url;
}

const elementTypes = { float32: 1, int32: 6, bool: 9, uint64: 13 };

/** The output of a mirror that gives what an input was. */
const mirrored = (input: string): string => ({ x: "y", s: "t" })[input] ?? `seen ${input}`;

/** A network that gives all that it is given. */
function mirror(seen: Readonly<Record<string, Seen>>, batched: boolean): Buffer {
  const tensors = Object.entries(seen).map(
    ([name, { dtype, shape }]): FileTensor => ({
      name,
      type: elementTypes[dtype],
      shape: shape.map((length, axis) => (name === "x" || (batched && axis === 0) ? `n${axis}` : length)),
    }),
  );
  return onnxFile({
    inputs: tensors,
    outputs: tensors.map((tensor) => ({ ...tensor, name: mirrored(tensor.name) })),
    nodes: tensors.map(({ name }) => ({ type: "Identity", inputs: [name], outputs: [mirrored(name)] })),
  });
}

// The id of a sequence as a string fails in the recorded version of Triton.
test.each(served.filter(({ name }) => name !== "strings"))(
  "a network sees of the sequences of $name what it sees in a real Triton",
  async ({ name, text }) => {
    const steps = recorded.steps.filter(({ model }) => model === name);
    const { seen = {} } = steps[0];
    const batched = text.includes("max_batch_size: 4");
    const outputs = Object.entries(seen).map(([input, { dtype, shape }]) => {
      const dims = batched ? shape.slice(1) : shape;
      return `output { name: "${mirrored(input)}" data_type: TYPE_${datatypeOf(dtype)} dims: [${input === "x" ? -1 : dims}] }`;
    });
    const config = ofOnnx(text).replace(/output .*/, outputs.join("\n"));
    const url = await serve({
      [`${name}/config.pbtxt`]: config,
      [`${name}/1/model.onnx`]: mirror(seen, batched),
      [`${name}/initial_state/s.raw`]: new Uint8Array(Float32Array.of(1.5, -2).buffer),
    });
    // A number of 64 bits is no number of JavaScript.
    const bodies = [...fixture.matchAll(/"body": (\{.*?\n {3}\}),/gs)].map(([, body]) => body);
    for (const { status, seen, answer } of steps) {
      const body = bodies[recorded.steps.findIndex((step) => step.seen === seen && step.answer === answer)];
      const got = await ask(`${url}/v2/models/${name}/infer`, {
        method: "POST",
        body: new TextEncoder().encode(body),
      });
      if (seen === undefined) {
        expect([got.status, got.body.toString()]).toEqual([status, answer]);
        continue;
      }
      const given = new Map<string, { shape: number[]; data: unknown[] }>(
        JSON.parse(got.body.toString().replace("9223372036854775813", '"9223372036854775813"')).outputs.map(
          (output: { name: string }) => [output.name, output],
        ),
      );
      for (const [input, { shape, values }] of Object.entries(seen)) {
        const output = given.get(mirrored(input));
        // Triton gives a state of no initial value whatever lies in its memory.
        const expected = name === "state" && input === "s" ? values.map(() => "0") : values;
        expect([input, output?.shape, output?.data.map(String)]).toEqual([
          input,
          shape,
          expected.map((value) => value.replace(/\.0$/, "").toLowerCase()),
        ]);
      }
    }
  },
);

const float = 1;
const adding: Files = {
  "sum/config.pbtxt": `input { name: "x" data_type: TYPE_FP32 dims: [ -1 ] }
    output { name: "total" data_type: TYPE_FP32 dims: [ -1 ] }
    sequence_batching {
      max_sequence_idle_microseconds: 300000
      control_input { name: "id" control { kind: CONTROL_SEQUENCE_CORRID data_type: TYPE_STRING } }
      state { input_name: "s" output_name: "t" data_type: TYPE_FP32 dims: [ -1 ]
        initial_state { name: "hundred" data_type: TYPE_FP32 dims: [ 2 ] data_file: "hundred" } }
    }`,
  "sum/initial_state/hundred": new Uint8Array(Float32Array.of(100, 200).buffer),
  "sum/1/model.onnx": onnxFile({
    inputs: [
      { name: "x", type: float, shape: ["n"] },
      { name: "s", type: float, shape: ["m"] },
      { name: "id", type: 8, shape: [1] },
    ],
    outputs: [
      { name: "total", type: float, shape: ["k"] },
      { name: "t", type: float, shape: ["k"] },
      { name: "name", type: 8, shape: [1] },
    ],
    nodes: [
      { type: "Add", inputs: ["x", "s"], outputs: ["t"] },
      { type: "Identity", inputs: ["t"], outputs: ["total"] },
      { type: "Identity", inputs: ["id"], outputs: ["name"] },
    ],
  }),
};

const x = (...values: number[]) => [ndarray(Float32Array.from(values))];

test("an ONNX network keeps its state from step to step, each sequence its own", async () => {
  const serverUrl = await serve(adding);
  const [one, two] = [7, "seven"].map(
    (sequenceId) => new SequenceExecutor({ serverUrl, modelName: "sum", sequenceId }),
  );
  const totals = async (executor: SequenceExecutor, ...values: number[]) =>
    (await executor.step(x(...values))).total.toArray();
  expect(await totals(one, 1, 2)).toEqual([101, 202]);
  expect(await totals(two, 10, 20)).toEqual([110, 220]);
  expect(await totals(one, 1, 2)).toEqual([102, 204]);
  const { total } = await two.end({ inputs: x(1, 1) });
  expect(total.toArray()).toEqual([111, 221]);
  one.reset();
  expect(await totals(one, 0, 0)).toEqual([100, 200]);
});

test("a step that fails leaves the sequence as it was; a first one starts none", async () => {
  // The words of ONNX Runtime, for whoever runs the server.
  vi.spyOn(console, "error").mockImplementation(() => {});
  const serverUrl = await serve(adding);
  const step = (values: readonly number[], start: boolean, end = false) =>
    execute({
      serverUrl,
      modelName: "sum",
      inputs: x(...values),
      sequenceId: 3,
      sequenceStart: start,
      sequenceEnd: end,
    });
  await expect(step([1, 2, 3], true)).rejects.toThrow("Add");
  await expect(step([1, 2], false)).rejects.toThrow("must specify the START flag on the first request");
  await step([1, 2], true);
  await expect(step([1, 2, 3], false, true)).rejects.toThrow("Add");
  expect((await step([1, 2], false, true)).total.toArray()).toEqual([102, 204]);
  await expect(step([1, 2], false)).rejects.toThrow("must specify the START flag on the first request");
});

test("a sequence is over after its idle time, which does not run while a request is there", async () => {
  const serverUrl = await serve(adding);
  const executor = new SequenceExecutor({ serverUrl, modelName: "sum", sequenceId: 4 });
  await executor.step(x(1, 2));
  await pause(600);
  await expect(executor.step(x(1, 2))).rejects.toThrow("the server has ended the sequence");
});

test("steps sent at once run in their order; what follows the last is refused", async () => {
  const serverUrl = await serve(adding);
  const body = (parameters: object) =>
    json({
      inputs: [{ name: "x", shape: [2], datatype: "FP32", data: [1, 1] }],
      parameters: { sequence_id: 9, ...parameters },
    });
  const send = (parameters: object) =>
    ask(`${serverUrl}/v2/models/sum/infer`, { method: "POST", body: body(parameters) });
  await send({ sequence_start: true });
  const answers = await Promise.all([send({}), send({}), send({}).then(() => send({ sequence_end: true }))]);
  expect(answers.map(({ body }) => JSON.parse(body.toString()).outputs[0].data[0]).sort()).toEqual([
    102, 103, 105,
  ]);
  expect((await send({})).status).toBe(400);
});

test("a sequence's id that is no CORRID is refused, and one too many sequences have to wait", async () => {
  const integer = 6;
  const url = await serve({
    "id/config.pbtxt": `sequence_batching {
      max_sequence_idle_microseconds: 9000000
      control_input { name: "id" control { kind: CONTROL_SEQUENCE_CORRID data_type: TYPE_INT32 } } }`,
    "id/1/model.onnx": onnxFile({
      inputs: [
        { name: "x", type: float, shape: [1] },
        { name: "id", type: integer, shape: [1] },
      ],
      outputs: [
        { name: "y", type: float, shape: [1] },
        { name: "told", type: integer, shape: [1] },
      ],
      nodes: [
        { type: "Identity", inputs: ["x"], outputs: ["y"] },
        { type: "Identity", inputs: ["id"], outputs: ["told"] },
      ],
    }),
  });
  const inputs = [{ name: "x", shape: [1], datatype: "FP32", data: [1] }];
  const start = async (sequence_id: number | string) => {
    const body = json({ inputs, parameters: { sequence_id, sequence_start: true } });
    const answer = await ask(`${url}/v2/models/id/infer`, { method: "POST", body });
    return { status: answer.status, answer: JSON.parse(answer.body.toString()) };
  };
  for (const [id, got] of [
    ["abc", "abc"],
    [2 ** 31, "2147483648"],
  ] as const) {
    expect(await start(id)).toEqual({
      status: 400,
      answer: { error: `Cannot run id: sequence_id must be a whole number from 1 to 2147483647, got ${got}` },
    });
  }
  expect((await start(2 ** 31 - 1)).answer.outputs[1].data).toEqual([2147483647]);
  for (let id = 1; id < 1024; id++) await start(id);
  expect(await start(5000)).toEqual({
    status: 503,
    answer: { error: "Cannot run id: at most 1024 sequences may run, and so many do; try again in 9 s" },
  });
  expect((await start(1)).status).toBe(200);
  expect(
    (await new TritonClient({ serverUrl: url }).getModelMetadata("id")).inputs.map(({ name }) => name),
  ).toEqual(["x"]);
});
