import { type ConfigDataType, dataType, dims } from "./configfields";
import { anything, choice, flag, integer, map, message, readMessage, repeated, text } from "./protoschema";
import { type SequenceBatching, sequenceBatching } from "./sequencebatching";
import { parseTextProto } from "./textproto";

// Names, order and defaults of https://github.com/triton-inference-server/common/blob/main/protobuf/model_config.proto

/** What inputs and outputs of a configuration have in common. */
interface ConfigTensor {
  readonly name: string;
  readonly data_type: ConfigDataType;
  /** Length of each axis but that of the batch, -1 for any. */
  readonly dims: readonly number[];
  /** The axes that the network has in place of `dims`. */
  readonly reshape: { readonly shape: readonly number[] } | undefined;
  readonly is_shape_tensor: boolean;
  readonly is_non_linear_format_io: boolean;
}

/** An input of a configuration. */
export interface ConfigInput extends ConfigTensor {
  readonly format: "FORMAT_NONE" | "FORMAT_NHWC" | "FORMAT_NCHW";
  readonly allow_ragged_batch: boolean;
  readonly optional: boolean;
}

/** An output of a configuration. */
export interface ConfigOutput extends ConfigTensor {
  readonly label_filename: string;
}

/** Where instances of a model run. */
interface InstanceGroup {
  readonly name: string;
  readonly kind: "KIND_AUTO" | "KIND_GPU" | "KIND_CPU" | "KIND_MODEL";
  readonly count: number;
  readonly gpus: readonly number[];
  readonly secondary_devices: boolean;
  readonly profile: readonly string[];
  readonly passive: boolean;
  readonly host_policy: string;
  readonly rate_limiter: boolean;
}

/** How requests are joined to batches. */
interface DynamicBatching {
  readonly preferred_batch_size: readonly number[];
  readonly max_queue_delay_microseconds: number;
  readonly preserve_ordering: boolean;
  readonly priority_levels: number;
  readonly default_priority_level: number;
  readonly default_queue_policy: boolean;
  readonly priority_queue_policy: boolean;
}

/** Which versions are served. */
interface VersionPolicy {
  readonly latest: { readonly num_versions: number } | undefined;
  readonly all: object | undefined;
  readonly specific: { readonly versions: readonly number[] } | undefined;
}

/** What a config.pbtxt says, with Triton's names; what it leaves out has protobuf's defaults. */
export interface ModelConfig {
  readonly name: string;
  readonly platform: string;
  readonly backend: string;
  readonly runtime: string;
  readonly version_policy: VersionPolicy | undefined;
  /** 0: no axis for a batch. */
  readonly max_batch_size: number;
  readonly input: readonly ConfigInput[];
  readonly output: readonly ConfigOutput[];
  readonly dynamic_batching: DynamicBatching | undefined;
  readonly sequence_batching: SequenceBatching | undefined;
  readonly instance_group: readonly InstanceGroup[];
  readonly default_model_filename: string;
  readonly cc_model_filenames: Readonly<Record<string, string>>;
  readonly metric_tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, { readonly string_value: string } | undefined>>;
  readonly model_transaction_policy: { readonly decoupled: boolean } | undefined;
  // Of these, only whether they are there.
  readonly batch_input: boolean;
  readonly batch_output: boolean;
  readonly ensemble_scheduling: boolean;
  readonly model_repository_agents: boolean;
}

const reshape = message({ shape: dims });

const input = {
  name: text,
  data_type: dataType,
  format: choice(["FORMAT_NONE", "FORMAT_NHWC", "FORMAT_NCHW"]),
  dims,
  reshape,
  is_shape_tensor: flag,
  allow_ragged_batch: flag,
  optional: flag,
  is_non_linear_format_io: flag,
};

const output = {
  name: text,
  data_type: dataType,
  dims,
  reshape,
  label_filename: text,
  is_shape_tensor: flag,
  is_non_linear_format_io: flag,
};

const schema = {
  name: text,
  platform: text,
  backend: text,
  runtime: text,
  version_policy: message({
    latest: message({ num_versions: integer() }),
    all: message({}),
    specific: message({ versions: repeated(integer()) }),
  }),
  max_batch_size: integer(0),
  input: repeated(message(input)),
  output: repeated(message(output)),
  batch_input: anything,
  batch_output: anything,
  optimization: anything,
  dynamic_batching: message({
    preferred_batch_size: repeated(integer()),
    max_queue_delay_microseconds: integer(0),
    preserve_ordering: flag,
    priority_levels: integer(0),
    default_priority_level: integer(0),
    default_queue_policy: anything,
    priority_queue_policy: anything,
  }),
  sequence_batching: sequenceBatching,
  ensemble_scheduling: anything,
  instance_group: repeated(
    message({
      name: text,
      kind: choice(["KIND_AUTO", "KIND_GPU", "KIND_CPU", "KIND_MODEL"]),
      count: integer(0),
      gpus: repeated(integer()),
      secondary_devices: anything,
      profile: repeated(text),
      passive: flag,
      host_policy: text,
      rate_limiter: anything,
    }),
  ),
  default_model_filename: text,
  cc_model_filenames: map(text),
  metric_tags: map(text),
  parameters: map(message({ string_value: text })),
  model_warmup: anything,
  model_operations: anything,
  model_transaction_policy: message({ decoupled: flag }),
  model_repository_agents: anything,
  response_cache: anything,
  model_metrics: anything,
};

/**
 * Read a config.pbtxt.
 *
 * @throws {TextProtoError} if it is no model configuration; says the line
 */
export function readModelConfig(pbtxt: string): ModelConfig {
  return readMessage(parseTextProto(pbtxt), schema, "the model");
}
