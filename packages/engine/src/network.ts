import type { DType, NdArray } from "@bioengine/ndarray";
import { openNetwork } from "./opennetwork";

/** An input or output of a network. */
export interface NetworkTensor {
  readonly name: string;
  readonly dtype: DType | "string";
  /** Length of each axis, -1 for any. */
  readonly shape: readonly number[];
}

/** Strings in C order. */
export interface StringArray {
  readonly dtype: "string";
  readonly shape: readonly number[];
  readonly strings: readonly string[];
}

/** A neural network in the ONNX format, ready to run on the processor. */
export interface Network<Value = NdArray> {
  readonly inputs: readonly NetworkTensor[];
  readonly outputs: readonly NetworkTensor[];
  /** Compute the outputs, by name, from all inputs, by name. */
  run(inputs: Readonly<Record<string, Value>>): Promise<Record<string, Value>>;
  /** Free its memory; it must not be run any more. */
  close(): Promise<void>;
}

/** How a network runs. */
export interface NetworkOptions {
  /** How many processors one run may use, from 1; default: all. */
  threads?: number;
  /**
   * Whether a processor stays busy while it waits for the others, default true: faster where all are free, and slower
   * where another program wants one of them.
   */
  waitsBusily?: boolean;
}

/**
 * Load a network.
 *
 * @param file path of an ONNX file, or its bytes
 * @returns the network; its inputs and outputs are read from the file
 * @throws {TypeError} if an input or output is no tensor of numbers
 * @throws {Error} ONNX Runtime's, if the file can't be read or isn't ONNX
 * @example
 * const network = await loadNetwork("model.onnx");
 * const { flows } = await network.run({ image });
 */
export async function loadNetwork(file: string | Uint8Array, options: NetworkOptions = {}): Promise<Network> {
  const network = await openNetwork(file, options);
  const text = [...network.inputs, ...network.outputs].find(({ dtype }) => dtype === "string");
  if (text !== undefined) {
    await network.close();
    throw new TypeError(`Cannot load the network: ${text.name} must be numbers, got strings`);
  }
  return {
    ...network,
    async run(inputs) {
      const outputs = Object.entries(await network.run(inputs));
      return Object.fromEntries(
        outputs.map(([name, value]) => {
          if (value.dtype === "string")
            throw new TypeError(`Cannot run the network: ${name} must be numbers`);
          return [name, value];
        }),
      );
    },
  };
}

/**
 * Load a network that may also take and give strings.
 *
 * @param file path of an ONNX file, or its bytes
 * @throws {TypeError} if an input or output is no tensor of numbers or strings
 * @throws {Error} ONNX Runtime's, if the file can't be read or isn't ONNX
 * @example
 * const network = await loadMixedNetwork("model.onnx", { threads: 1 });
 * const { length } = await network.run({ text: { dtype: "string", shape: [1], strings: ["cell"] } });
 */
export function loadMixedNetwork(
  file: string | Uint8Array,
  options: NetworkOptions = {},
): Promise<Network<NdArray | StringArray>> {
  return openNetwork(file, options);
}
