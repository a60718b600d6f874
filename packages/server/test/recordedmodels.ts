import { setTimeout } from "node:timers/promises";
import { type Datatype, ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, TensorSpec } from "../src/model";

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

export const recordedModels: readonly Model[] = [
  ...numeric.map((datatype) =>
    identity(`id-${datatype.toLowerCase()}`, { name: "x", datatype, shape: [-1, -1] }, "y"),
  ),
  identity("identity-bytes", { name: "s", datatype: "BYTES", shape: [-1] }, "o"),
  identity("id-vector", { name: "x", datatype: "FP32", shape: [-1] }, "y"),
  segmentation("cellpose-python", { name: "image", datatype: "FP32", shape: [-1, -1, -1] }, true),
  segmentation("stardist", { name: "image", datatype: "UINT16", shape: [-1, -1] }, false),
  always,
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
