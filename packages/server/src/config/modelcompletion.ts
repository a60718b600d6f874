import type { ConfigInput, ConfigOutput, ModelConfig } from "./modelconfig";
import type { OnnxHeader, OnnxTensor } from "./onnxheader";

/** Triton's own, for a network that takes batches of any size. */
const defaultBatchSize = 4;

const takesBatches = ({ inputs, outputs }: OnnxHeader): boolean =>
  [...inputs, ...outputs].every(({ shape }) => shape !== undefined && shape[0] === -1);

function configured({ name, datatype, shape }: OnnxTensor, batched: boolean) {
  if (shape === undefined) {
    throw new Error(`config.pbtxt must give the dims of ${name}, got an ONNX file that leaves its axes open`);
  }
  const dims = batched ? shape.slice(1) : [...shape];
  // A tensor of no axes is one of a single element.
  const scalar = dims.length === 0;
  return {
    name,
    data_type: datatype === "BYTES" ? ("TYPE_STRING" as const) : (`TYPE_${datatype}` as const),
    dims: scalar ? [1] : dims,
    reshape: scalar ? { shape: [] } : undefined,
    is_shape_tensor: false,
    is_non_linear_format_io: false,
  };
}

/** The inputs and outputs of a network that no request has. */
function sequenceNames({ sequence_batching: batching }: ModelConfig): Set<string> {
  const { control_input = [], state = [] } = batching ?? {};
  return new Set([
    ...control_input.map(({ name }) => name),
    ...state.flatMap(({ input_name, output_name }) => [input_name, output_name]),
  ]);
}

/**
 * Complete a configuration by its ONNX file, as Triton does: platform, backend and file name, and the inputs and
 * outputs where none are given. A network whose inputs and outputs all have a first axis of any length takes batches.
 *
 * @throws {Error} if the file leaves an axis count open that is needed
 */
export function completedConfig(config: ModelConfig, header: OnnxHeader, name: string): ModelConfig {
  const given = config.input.length > 0 || config.output.length > 0;
  const max_batch_size =
    config.max_batch_size || (!given && takesBatches(header) ? defaultBatchSize : config.max_batch_size);
  const batched = max_batch_size > 0;
  const ofSequence = sequenceNames(config);
  const inputs = (): ConfigInput[] =>
    header.inputs
      .filter(({ name }) => !ofSequence.has(name))
      .map((tensor) => ({
        ...configured(tensor, batched),
        format: "FORMAT_NONE",
        allow_ragged_batch: false,
        optional: false,
      }));
  const outputs = (): ConfigOutput[] =>
    header.outputs
      .filter(({ name }) => !ofSequence.has(name))
      .map((tensor) => ({ ...configured(tensor, batched), label_filename: "" }));
  return {
    ...config,
    name: config.name || name,
    platform: config.platform || "onnxruntime_onnx",
    backend: config.backend || "onnxruntime",
    default_model_filename: config.default_model_filename || "model.onnx",
    max_batch_size,
    input: config.input.length > 0 ? config.input : inputs(),
    output: config.output.length > 0 ? config.output : outputs(),
  };
}
