import { type Model, modelVersion, type TensorSpec } from "./model";

/** A model as Triton's metadata describes it. */
export function metadataOf(model: Model): object {
  const tensors = (specs: readonly TensorSpec[]) =>
    specs.map(({ name, datatype, shape }) => ({ name, datatype, shape }));
  return {
    name: model.name,
    versions: [modelVersion],
    platform: "bioengine",
    inputs: tensors(model.inputs),
    outputs: tensors(model.outputs),
  };
}

const dataType = ({ datatype }: TensorSpec): string => `TYPE_${datatype === "BYTES" ? "STRING" : datatype}`;

/** A model as Triton's configuration describes it, with all members that Triton itself writes. */
export function configOf({ name, inputs, outputs }: Model): object {
  return {
    name,
    platform: "",
    backend: "bioengine",
    runtime: "",
    version_policy: { latest: { num_versions: 1 } },
    max_batch_size: 0,
    input: inputs.map((spec) => ({
      name: spec.name,
      data_type: dataType(spec),
      format: "FORMAT_NONE",
      dims: spec.shape,
      is_shape_tensor: false,
      allow_ragged_batch: false,
      optional: spec.optional === true,
      is_non_linear_format_io: false,
    })),
    output: outputs.map((spec) => ({
      name: spec.name,
      data_type: dataType(spec),
      dims: spec.shape,
      label_filename: "",
      is_shape_tensor: false,
      is_non_linear_format_io: false,
    })),
    batch_input: [],
    batch_output: [],
    optimization: {
      priority: "PRIORITY_DEFAULT",
      input_pinned_memory: { enable: false },
      output_pinned_memory: { enable: false },
      gather_kernel_buffer_threshold: 0,
      eager_batching: false,
    },
    instance_group: [
      {
        name: `${name}_0`,
        kind: "KIND_CPU",
        count: 1,
        gpus: [],
        secondary_devices: [],
        profile: [],
        passive: false,
        host_policy: "",
      },
    ],
    default_model_filename: "",
    cc_model_filenames: {},
    metric_tags: {},
    parameters: {},
    model_warmup: [],
  };
}
