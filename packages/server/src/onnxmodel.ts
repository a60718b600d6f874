import { dirname } from "node:path";
import { datatypeOf, dtypeOf, ProtocolError, type Tensor } from "@bioengine/triton";
import { datatypeOfType } from "./config/configfields";
import type { ConfigInput, ConfigOutput, ModelConfig } from "./config/modelconfig";
import { idleMsOf } from "./config/sequencebatching";
import type { Model, ModelCall, TensorSpec } from "./model";
import type { ThreadArray, ThreadArrays, ThreadNetwork } from "./networkthread";
import { reshaped } from "./reshape";
import { SequenceTensors } from "./sequencetensors";
import { Thread } from "./thread";
import { ownedBuffers } from "./transfer";

/**
 * A network by plain tensors, in a thread of its own.
 *
 * @param config complete, and compared with the network
 * @param path of the ONNX file, in the folder of its version
 * @throws {Error} if the first state of its sequences can't be read
 */
export function onnxModel(config: ModelConfig, version: string, path: string): Model {
  const { name, max_batch_size: maximum, sequence_batching: batching } = config;
  const batched = maximum > 0;
  const specOf = ({ name, data_type, dims }: ConfigInput | ConfigOutput): TensorSpec => ({
    ...{ name, datatype: datatypeOfType(data_type), shape: batched ? [-1, ...dims] : dims },
  });
  const sequences = batching && new SequenceTensors(name, batching, batched, dirname(dirname(path)));
  return {
    name,
    version,
    config,
    sequenceIdleMs: batching && idleMsOf(batching),
    inputs: config.input.map(specOf),
    outputs: config.output.map(specOf),
    async load() {
      const data: ThreadNetwork = { path, threads: threadsOf(config) };
      const thread = new Thread<ThreadArrays | undefined, ThreadArrays>("networkthread", data);
      try {
        await thread.ask(undefined);
      } catch (error) {
        await thread.close();
        throw error;
      }
      const run = async (call: ModelCall): Promise<Tensor[]> => {
        if (batched) checkBatch(call, name, maximum);
        const inputs = config.input.map((input) => [input.name, toArray(input, call, batched)] as const);
        const transfer = ownedBuffers(inputs.map(([, array]) => ("data" in array ? array.data : undefined)));
        const { sequence } = call;
        const told = (sequence && sequences?.inputs(sequence)) ?? [];
        const all = [...inputs, ...told.map((tensor) => [tensor.name, arrayOf(tensor)] as const)];
        const outputs = await thread.ask(Object.fromEntries(all), { transfer, signal: call.signal });
        if (sequence) {
          sequences?.keep(sequence, (output) => tensorOf(output, outputs[output]));
        }
        return config.output.map((output) => toTensor(output, outputs[output.name], batched));
      };
      return Object.assign(run, { close: () => thread.close() });
    },
  };
}

/** ONNX Runtime's own parameter in Triton's configurations. */
function threadsOf({ parameters }: ModelConfig): number | undefined {
  const text = parameters.intra_op_thread_count?.string_value;
  if (text === undefined || text === "0") return undefined;
  const threads = Number(text);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new RangeError(`config.pbtxt: intra_op_thread_count must be a whole number, got ${text}`);
}

/** @throws {ProtocolError} 400 if the batch is too large, or of different sizes, in Triton's words */
function checkBatch(
  { id = "<id_unknown>", inputs, sequence }: ModelCall,
  name: string,
  maximum: number,
): void {
  const sizes = [...inputs.values()].map((tensor) => ({ name: tensor.name, size: tensor.shape[0] }));
  const [first] = sizes;
  if (first.size > maximum) {
    throw new ProtocolError(
      400,
      `[request id: ${id}] inference request batch-size must be <= ${maximum} for '${name}'`,
    );
  }
  if (sequence && first.size !== 1) {
    throw new ProtocolError(
      400,
      `inference request to model '${name}' must specify batch-size 1 due to requirements of sequence batcher`,
    );
  }
  const other = sizes.find(({ size }) => size !== first.size);
  if (other !== undefined) {
    throw new ProtocolError(
      400,
      `[request id: ${id}] input '${other.name}' batch size does not match other inputs for '${name}'`,
    );
  }
}

function toArray({ name, dims, reshape }: ConfigInput, { inputs }: ModelCall, batched: boolean): ThreadArray {
  const tensor = inputs.get(name);
  if (tensor === undefined) throw new TypeError(`input ${name} must be sent`);
  return arrayOf(tensor, reshape && changed(tensor.shape, dims, reshape.shape, batched));
}

function arrayOf(tensor: Tensor, shape: readonly number[] = tensor.shape): ThreadArray {
  if (tensor.datatype !== "BYTES") return { dtype: dtypeOf(tensor.datatype), shape, data: tensor.data };
  const strings = tensor.data.map((bytes) => new TextDecoder().decode(bytes));
  return { dtype: "string", shape, strings };
}

function toTensor(
  { name, dims, reshape }: ConfigOutput,
  array: ThreadArray | undefined,
  batched: boolean,
): Tensor {
  const shape = reshape && array && changed(array.shape, reshape.shape, dims, batched);
  return tensorOf(name, array, shape);
}

function tensorOf(
  name: string,
  array: ThreadArray | undefined,
  shape: readonly number[] | undefined = array?.shape,
): Tensor {
  if (array === undefined || shape === undefined) throw new TypeError(`the network must give ${name}`);
  if (array.dtype !== "string") return { name, datatype: datatypeOf(array.dtype), shape, data: array.data };
  const data = array.strings.map((text) => new TextEncoder().encode(text));
  return { name, datatype: "BYTES", shape, data };
}

function changed(
  shape: readonly number[],
  from: readonly number[],
  to: readonly number[],
  batched: boolean,
): number[] {
  return batched ? [shape[0], ...reshaped(shape.slice(1), from, to)] : reshaped(shape, from, to);
}
