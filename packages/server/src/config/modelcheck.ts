import { sameElements } from "../reshape";
import type { ConfigInput, ConfigOutput, ModelConfig } from "./modelconfig";
import type { OnnxHeader, OnnxTensor } from "./onnxheader";
import { requireThat, shapeText } from "./requirement";
import { controlType } from "./sequencebatching";
import { checkSequenceBatching } from "./sequencecheck";

type ComparedTensor = Pick<ConfigInput, "name" | "data_type" | "dims" | "reshape">;

/**
 * Check that a configuration asks only for what this server does.
 *
 * @param folder name of the model's folder
 * @throws {Error} that names the first thing that it doesn't do, or that contradicts itself
 */
export function checkConfig(config: ModelConfig, folder: string): void {
  const { platform, backend } = config;
  requireThat(
    config.name === "" || config.name === folder,
    `name must be that of its folder, ${folder}`,
    config.name,
  );
  requireThat(
    !config.ensemble_scheduling && platform !== "ensemble",
    "the model must be one network",
    "an ensemble",
  );
  requireThat(["", "onnxruntime"].includes(backend), "backend must be onnxruntime", backend);
  requireThat(["", "onnxruntime_onnx"].includes(platform), "platform must be onnxruntime_onnx", platform);
  requireThat(
    !config.sequence_batching || !config.dynamic_batching,
    "requests must be joined by one of sequence_batching and dynamic_batching",
    "both",
  );
  if (config.sequence_batching) checkSequenceBatching(config.sequence_batching);
  requireThat(!config.batch_input, "inputs must come from the request", "batch_input");
  requireThat(!config.batch_output, "outputs must come from the network", "batch_output");
  requireThat(
    !config.model_transaction_policy?.decoupled,
    "a request must have one answer",
    "decoupled: true",
  );
  requireThat(!config.model_repository_agents, "the folder must be used as it is", "model_repository_agents");
  const file = config.default_model_filename;
  requireThat(
    /^[^/\\]*$/.test(file) && !file.startsWith(".."),
    "default_model_filename must be a file's name",
    file,
  );
  for (const { kind } of config.instance_group) {
    requireThat(kind !== "KIND_GPU", "instance_group must be on the processor, KIND_CPU", kind);
  }
  for (const tensor of [...config.input, ...config.output]) checkTensor(tensor);
  for (const tensor of config.input) {
    requireThat(!tensor.optional, `input ${tensor.name} must be required`, "optional: true");
    requireThat(!tensor.allow_ragged_batch, `input ${tensor.name} must have one shape`, "allow_ragged_batch");
  }
}

function checkTensor(tensor: ConfigInput | ConfigOutput): void {
  const { name, data_type, dims, reshape } = tensor;
  requireThat(name !== "", "each input and output must have a name", "none");
  requireThat(data_type !== "TYPE_INVALID", `${name} must have a data_type`, "none");
  requireThat(dims.length > 0, `${name} must have dims`, "none");
  requireThat(
    dims.every((length) => length >= 1 || length === -1),
    `dims of ${name} must be at least 1, or -1 for any`,
    shapeText(dims),
  );
  requireThat(
    reshape === undefined || sameElements(dims, reshape.shape),
    `reshape of ${name} must have the elements of dims ${shapeText(dims)}`,
    shapeText(reshape?.shape),
  );
  requireThat(!tensor.is_shape_tensor, `${name} must be a plain tensor`, "is_shape_tensor");
  requireThat(!tensor.is_non_linear_format_io, `${name} must be in C order`, "is_non_linear_format_io");
}

/**
 * Compare a configuration with its network.
 *
 * @throws {Error} that names both where they differ
 */
export function compareWithNetwork(config: ModelConfig, header: OnnxHeader): void {
  const batched = config.max_batch_size > 0;
  const names = (tensors: readonly { name: string }[]) => tensors.map(({ name }) => name).join(", ");
  const told = sequenceTensors(config);
  const inputs = [...config.input, ...told.inputs];
  const missing = header.inputs.find(({ name }) => !inputs.some((input) => input.name === name));
  requireThat(
    missing === undefined,
    `the inputs must be all of the network's, ${names(header.inputs)}`,
    names(inputs) || "none",
  );
  for (const [kind, tensors, found] of [
    ["input", inputs, header.inputs],
    ["output", [...config.output, ...told.outputs], header.outputs],
  ] as const) {
    for (const tensor of tensors) {
      const network = found.find(({ name }) => name === tensor.name);
      if (network === undefined) {
        throw new Error(
          `config.pbtxt: an ${kind} must be one of the network's, ${names(found)}, got ${tensor.name}`,
        );
      }
      compareTensors(tensor, network, batched);
    }
  }
}

/** What a network is given, and gives, beside what requests have. */
function sequenceTensors({ sequence_batching: batching }: ModelConfig): {
  inputs: ComparedTensor[];
  outputs: ComparedTensor[];
} {
  const { control_input = [], state = [] } = batching ?? {};
  const controls = control_input.map(({ name, control: [control] }) => ({
    ...{ name, data_type: controlType(control), dims: [1], reshape: undefined },
  }));
  const states = (end: "input_name" | "output_name") =>
    state.map((one) => ({ ...one, name: one[end], reshape: undefined }));
  return { inputs: [...controls, ...states("input_name")], outputs: states("output_name") };
}

function compareTensors(tensor: ComparedTensor, network: OnnxTensor, batched: boolean): void {
  const { name, data_type, dims, reshape } = tensor;
  const type = network.datatype === "BYTES" ? "TYPE_STRING" : `TYPE_${network.datatype}`;
  requireThat(data_type === type, `data_type of ${name} must be the network's, ${type}`, data_type);
  const { shape } = network;
  if (shape === undefined) return;
  const expected = [...(batched ? [-1] : []), ...(reshape?.shape ?? dims)];
  const fits =
    shape.length === expected.length &&
    shape.every((length, axis) => length === -1 || length === expected[axis]);
  const asked = batched ? `${shapeText(expected)} with the axis of max_batch_size` : shapeText(expected);
  requireThat(
    fits,
    `${reshape ? "reshape" : "dims"} of ${name} must be the network's, ${shapeText(shape)}`,
    asked,
  );
}
