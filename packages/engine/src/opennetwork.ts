import { type DType, NdArray } from "@bioengine/ndarray";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { halfBits, halfValues } from "./halffloat";
import type { Network, NetworkOptions, NetworkTensor, StringArray } from "./network";

const plainNumbers = [
  ...(["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"] as const),
  ...(["float32", "float64"] as const),
];

function knownDtype(action: string, name: string, type: string): DType | "string" {
  const dtype = [...plainNumbers, "float16" as const, "string" as const].find((known) => known === type);
  if (dtype !== undefined) return dtype;
  throw new TypeError(`Cannot ${action}: ${name} must be numbers of 8 to 64 bits or strings, got ${type}`);
}

function specsOf(values: readonly InferenceSession.ValueMetadata[]): NetworkTensor[] {
  return values.map((value) => {
    if (!value.isTensor) throw new TypeError(`Cannot load the network: ${value.name} must be a tensor`);
    const shape = value.shape.map((length) => (typeof length === "number" && length >= 0 ? length : -1));
    return { name: value.name, dtype: knownDtype("load the network", value.name, value.type), shape };
  });
}

function resultOf(name: string, tensor: Tensor): NdArray | StringArray {
  const { type, dims: shape, data } = tensor;
  const dtype = knownDtype("run the network", name, type);
  if (dtype === "string" || Array.isArray(data)) {
    if (dtype === "string" && Array.isArray(data)) return { dtype, shape, strings: data };
    throw new TypeError(`Cannot run the network: ${name} must be ${type}`);
  }
  // Where there is a Float16Array, it is one; its bits are the same.
  if (dtype === "float16") {
    const bits = new Uint16Array(data.buffer, data.byteOffset, data.length);
    return new NdArray({ dtype, shape, buffer: halfValues(bits) });
  }
  return new NdArray({ dtype, shape, buffer: data });
}

/** Load a network of numbers and strings; see `loadMixedNetwork`. */
export async function openNetwork(
  file: string | Uint8Array,
  { threads, waitsBusily = true }: NetworkOptions,
): Promise<Network<NdArray | StringArray>> {
  // Its builds of 1.30 tell Microsoft of each session, unless this is set when they are loaded.
  process.env.ORT_DISABLE_TELEMETRY = "1";
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const options: InferenceSession.SessionOptions = {
    logSeverityLevel: 3,
    ...(threads && { intraOpNumThreads: threads }),
    extra: { session: { intra_op: { allow_spinning: waitsBusily ? "1" : "0" } } },
  };
  // One overload takes a path, another bytes.
  const session =
    typeof file === "string"
      ? await InferenceSession.create(file, options)
      : await InferenceSession.create(file, options);
  const tensorOf = (name: string, value: NdArray | StringArray): Tensor => {
    if (value.dtype === "string") return new Tensor("string", [...value.strings], value.shape);
    const { data, shape } = value;
    if (value.dtype === "float16" && data instanceof Float32Array) {
      return new Tensor("float16", halfBits(data), shape);
    }
    const dtype = plainNumbers.find((known) => known === value.dtype);
    if (dtype === undefined) {
      throw new TypeError(
        `Cannot run the network: ${name} must be numbers of 8 to 64 bits, got ${value.dtype}`,
      );
    }
    return new Tensor(dtype, data, shape);
  };
  return {
    inputs: specsOf(session.inputMetadata),
    outputs: specsOf(session.outputMetadata),
    async run(values) {
      const feeds = Object.entries(values).map(([name, value]) => [name, tensorOf(name, value)]);
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, resultOf(name, tensor)]),
      );
    },
    close: () => session.release(),
  };
}
