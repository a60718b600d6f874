import type { Model, TensorSpec } from "../model";
import { type ModelConfig, readModelConfig } from "./modelconfig";
import { sequenceBatchingJson } from "./sequencebatching";

/** A model as Triton's metadata describes it. @param versions those that are served, ascending */
export function metadataOf(model: Model, versions: readonly string[]): object {
  const tensors = (specs: readonly TensorSpec[]) =>
    specs.map(({ name, datatype, shape }) => ({ name, datatype, shape }));
  const { platform, backend } = configurationOf(model);
  return {
    name: model.name,
    versions,
    platform: platform || backend,
    inputs: tensors(model.inputs),
    outputs: tensors(model.outputs),
  };
}

const dataType = ({ datatype }: TensorSpec) =>
  datatype === "BYTES" ? ("TYPE_STRING" as const) : (`TYPE_${datatype}` as const);

/** The configuration of a model; the inputs and outputs that it leaves out are the model's. */
function configurationOf({ name, inputs, outputs, config, sequenceIdleMs }: Model): ModelConfig {
  if (config !== undefined && config.input.length > 0) return config;
  const sequences =
    sequenceIdleMs === undefined
      ? ""
      : `sequence_batching { max_sequence_idle_microseconds: ${1000 * sequenceIdleMs} }`;
  return {
    ...(config ?? readModelConfig(`instance_group { kind: KIND_CPU count: 1 } ${sequences}`)),
    name,
    platform: "",
    backend: "bioengine",
    input: inputs.map((spec) => ({
      name: spec.name,
      data_type: dataType(spec),
      format: "FORMAT_NONE",
      dims: [...spec.shape],
      reshape: undefined,
      is_shape_tensor: false,
      allow_ragged_batch: false,
      optional: spec.optional === true,
      is_non_linear_format_io: false,
    })),
    output: outputs.map((spec) => ({
      name: spec.name,
      data_type: dataType(spec),
      dims: [...spec.shape],
      reshape: undefined,
      label_filename: "",
      is_shape_tensor: false,
      is_non_linear_format_io: false,
    })),
  };
}

/** A model as Triton's configuration describes it, with all members that Triton itself writes. */
export function configOf(model: Model): object {
  const config = configurationOf(model);
  const { max_batch_size, dynamic_batching: batching } = config;
  return {
    name: config.name,
    platform: config.platform,
    backend: config.backend,
    runtime: config.runtime,
    version_policy: versionPolicy(config),
    max_batch_size,
    input: config.input,
    output: config.output,
    batch_input: [],
    batch_output: [],
    optimization: {
      priority: "PRIORITY_DEFAULT",
      input_pinned_memory: { enable: false },
      output_pinned_memory: { enable: false },
      gather_kernel_buffer_threshold: 0,
      eager_batching: false,
    },
    ...(batching && {
      dynamic_batching: {
        ...batching,
        preferred_batch_size: batching.preferred_batch_size.length
          ? batching.preferred_batch_size
          : [max_batch_size],
        default_queue_policy: undefined,
        priority_queue_policy: {},
      },
    }),
    ...(config.sequence_batching && { sequence_batching: sequenceBatchingJson(config.sequence_batching) }),
    instance_group: instanceGroups(config),
    default_model_filename: config.default_model_filename,
    cc_model_filenames: config.cc_model_filenames,
    metric_tags: config.metric_tags,
    parameters: config.parameters,
    model_warmup: [],
  };
}

function instanceGroups({ name, instance_group: groups }: ModelConfig): object[] {
  const [whole] = readModelConfig("instance_group { }").instance_group;
  const numbered = groups.map((group, index) => ({ ...group, name: group.name || `${name}_${index}` }));
  return (numbered.length > 0 ? numbered : [{ ...whole, name }]).map((group) => ({
    ...group,
    kind: group.kind === "KIND_AUTO" ? "KIND_CPU" : group.kind,
    count: group.count || 1,
    secondary_devices: [],
    rate_limiter: undefined,
  }));
}

function versionPolicy({ version_policy: policy }: ModelConfig): object {
  if (policy?.all !== undefined) return { all: policy.all };
  if (policy?.specific !== undefined) return { specific: policy.specific };
  return { latest: { num_versions: policy?.latest?.num_versions || 1 } };
}
