import { type DType, NdArray } from "@bioengine/ndarray";
import type { InferenceSession } from "onnxruntime-node";

/** An input or output of a network. */
export interface NetworkTensor {
  readonly name: string;
  readonly dtype: DType;
  /** Length of each axis, -1 for any. */
  readonly shape: readonly number[];
}

/** A neural network in the ONNX format, ready to run on the processor. */
export interface Network {
  readonly inputs: readonly NetworkTensor[];
  readonly outputs: readonly NetworkTensor[];
  /** Compute the outputs, by name, from all inputs, by name. */
  run(inputs: Readonly<Record<string, NdArray>>): Promise<Record<string, NdArray>>;
}

const numbers = [
  ...(["bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"] as const),
  ...(["float32", "float64"] as const),
];

function knownDtype(action: string, name: string, type: string): (typeof numbers)[number] {
  const dtype = numbers.find((known) => known === type);
  if (dtype === undefined)
    throw new TypeError(`Cannot ${action}: ${name} must be numbers of 8 to 64 bits, got ${type}`);
  return dtype;
}

function specsOf(values: readonly InferenceSession.ValueMetadata[]): NetworkTensor[] {
  return values.map((value) => {
    if (!value.isTensor) throw new TypeError(`Cannot load the network: ${value.name} must be a tensor`);
    const shape = value.shape.map((length) => (typeof length === "number" && length >= 0 ? length : -1));
    return { name: value.name, dtype: knownDtype("load the network", value.name, value.type), shape };
  });
}

/**
 * Load a network.
 *
 * @param path of an ONNX file
 * @returns the network; its inputs and outputs are read from the file
 * @throws {TypeError} if an input or output is no tensor of numbers
 * @throws {Error} ONNX Runtime's, if the file can't be read or isn't ONNX
 * @example
 * const network = await loadNetwork("model.onnx");
 * const { flows } = await network.run({ image });
 */
export async function loadNetwork(path: string): Promise<Network> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(path, { logSeverityLevel: 3 });
  const inputs = specsOf(session.inputMetadata);
  return {
    inputs,
    outputs: specsOf(session.outputMetadata),
    async run(arrays) {
      const feeds = Object.entries(arrays).map(([name, array]) => {
        return [name, new Tensor(knownDtype("run the network", name, array.dtype), array.data, array.shape)];
      });
      const results = await session.run(Object.fromEntries(feeds));
      return Object.fromEntries(
        Object.entries(results).map(([name, { type, dims, data }]) => {
          const dtype = knownDtype("run the network", name, type);
          if (Array.isArray(data)) throw new TypeError(`Cannot run the network: ${name} must be numbers`);
          return [name, new NdArray({ dtype, shape: dims, buffer: data })];
        }),
      );
    },
  };
}
