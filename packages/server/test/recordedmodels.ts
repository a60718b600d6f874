import { setTimeout } from "node:timers/promises";
import { type Datatype, ProtocolError, type Tensor } from "@bioengine/triton";
import { readModelConfig } from "../src/config/modelconfig";
import type { Model, TensorSpec } from "../src/model";
import type { Sequence } from "../src/sequences";

// The models of the recorded Triton, see packages/triton/test/fixtures/record.py, in TypeScript.

const identity = (name: string, input: TensorSpec, output: string): Model => ({
  name,
  inputs: [input],
  outputs: [{ ...input, name: output }],
  load: async () => async (call) => [...call.inputs.values()].map((tensor) => ({ ...tensor, name: output })),
});

const numeric: Exclude<Datatype, "BYTES">[] = [
  "BOOL",
  "FP16",
  "FP32",
  "FP64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
];

/** Python's json.dumps. */
const dumps = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replaceAll(/\n *(?=[}\]])/g, "")
    .replaceAll(/([{[])\n */g, "$1")
    .replaceAll(/\n */g, " ");

function text(tensor: Tensor | undefined): string {
  const element = tensor?.data[0];
  return element instanceof Uint8Array ? Buffer.from(element).toString() : "{}";
}

function segmentation(name: string, image: TensorSpec, optional: boolean): Model {
  return {
    name,
    inputs: [image, { name: "param", datatype: "BYTES", shape: [1], optional }],
    outputs: [
      { name: "mask", datatype: "UINT16", shape: image.shape },
      { name: "info", datatype: "BYTES", shape: [1] },
    ],
    load: async () => async (call) => {
      const param = JSON.parse(text(call.inputs.get("param")));
      if (param.fail) throw new ProtocolError(500, `param asked to fail: ${param.fail}`);
      const pixels = call.inputs.get("image");
      if (pixels === undefined || pixels.datatype === "BYTES") throw new Error("no image");
      const mask = new Uint16Array(pixels.data.length);
      let count = 0;
      pixels.data.forEach((value, index) => {
        if (value > 0) mask[index] = ++count;
      });
      const info = Buffer.from(dumps({ n: count, param, request_id: call.id ?? "" }));
      return [
        { name: "mask", datatype: "UINT16", shape: pixels.shape, data: mask },
        { name: "info", datatype: "BYTES", shape: [1], data: [new Uint8Array(info)] },
      ];
    },
  };
}

const always: Model = {
  name: "always-error",
  inputs: [{ name: "x", datatype: "FP32", shape: [-1] }],
  outputs: [{ name: "y", datatype: "FP32", shape: [-1] }],
  load: async () => async () => {
    throw new Error("boom: model raised on purpose");
  },
};

const trainingConfig = readModelConfig(`name: "cellpose-train"
  input [
    { name: "image" data_type: TYPE_FP32 dims: [-1, -1, -1] },
    { name: "labels" data_type: TYPE_FP32 dims: [-1, -1, -1] },
    { name: "param" data_type: TYPE_STRING dims: 1 }
  ]
  output [ { name: "info" data_type: TYPE_STRING dims: 1 }, { name: "model" data_type: TYPE_STRING dims: 1 } ]
  instance_group { kind: KIND_CPU }
  sequence_batching {
    max_sequence_idle_microseconds: 5000000
    control_input [
      { name: "START" control { kind: CONTROL_SEQUENCE_START int32_false_true: [0, 1] } },
      { name: "END" control { kind: CONTROL_SEQUENCE_END int32_false_true: [0, 1] } },
      { name: "READY" control { kind: CONTROL_SEQUENCE_READY int32_false_true: [0, 1] } },
      { name: "CORRID" control { kind: CONTROL_SEQUENCE_CORRID data_type: TYPE_UINT64 } }
    ]
  }`);

const training: Model = {
  name: "cellpose-train",
  sequenceIdleMs: 5000,
  config: trainingConfig,
  inputs: [
    { name: "image", datatype: "FP32", shape: [-1, -1, -1] },
    { name: "labels", datatype: "FP32", shape: [-1, -1, -1] },
    { name: "param", datatype: "BYTES", shape: [1] },
  ],
  outputs: ["info", "model"].map((name) => ({ name, datatype: "BYTES", shape: [1] })),
  async load() {
    const states = new WeakMap<Sequence, { steps: number; sum: number }>();
    return async ({ inputs, sequence: step }) => {
      if (step === undefined) throw new Error("no sequence");
      const { sequence, start, end } = step;
      const state = (start ? undefined : states.get(sequence)) ?? { steps: 0, sum: 0 };
      states.set(sequence, state);
      const image = inputs.get("image");
      if (image === undefined || image.datatype === "BYTES") throw new Error("no image");
      if (image.data.length > 0) state.steps += JSON.parse(text(inputs.get("param"))).steps ?? 1;
      for (const value of image.data) state.sum += Number(value);
      const told = {
        start: Number(start),
        end: Number(end),
        corrid: typeof sequence.id === "bigint" ? Number(sequence.id) : sequence.id,
        shape: image.shape,
      };
      const info = dumps({ ...state, ...told }).replace(/"sum": (\d+),/, '"sum": $1.0,');
      const answer = [Buffer.from(info), Buffer.from(end ? [0, 255, 80, 75] : [])];
      return ["info", "model"].map((name, index) => ({
        ...{ name, datatype: "BYTES" as const, shape: [1], data: [new Uint8Array(answer[index])] },
      }));
    };
  },
};

export const recordedModels: readonly Model[] = [
  ...numeric.map((datatype) =>
    identity(`id-${datatype.toLowerCase()}`, { name: "x", datatype, shape: [-1, -1] }, "y"),
  ),
  identity("identity-bytes", { name: "s", datatype: "BYTES", shape: [-1] }, "o"),
  identity("id-vector", { name: "x", datatype: "FP32", shape: [-1] }, "y"),
  segmentation("cellpose-python", { name: "image", datatype: "FP32", shape: [-1, -1, -1] }, true),
  segmentation("stardist", { name: "image", datatype: "UINT16", shape: [-1, -1] }, false),
  always,
  training,
];

/** A model that takes a while unless nobody waits any more, and what it was asked, in order. */
export function slowModel(milliseconds: number): Model & { readonly ran: string[] } {
  const ran: string[] = [];
  const spec = { name: "x", datatype: "FP32", shape: [-1] } as const;
  return {
    ...identity("slow", spec, "y"),
    ran,
    load: async () => async (call) => {
      ran.push(`start ${call.id}`);
      await setTimeout(milliseconds, undefined, { signal: call.signal });
      ran.push(`end ${call.id}`);
      return [{ name: "y", datatype: "FP32", shape: [0], data: new Float32Array() }];
    },
  };
}
