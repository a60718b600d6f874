import { type ConfigDataType, dataType, dims } from "./configfields";
import { choice, decimal, type FieldType, flag, integer, message, repeated, text } from "./protoschema";

/** What an input tells a network of a sequence; values are for false and for true. */
export interface SequenceControl {
  readonly kind:
    | "CONTROL_SEQUENCE_START"
    | "CONTROL_SEQUENCE_READY"
    | "CONTROL_SEQUENCE_END"
    | "CONTROL_SEQUENCE_CORRID";
  readonly int32_false_true: readonly number[];
  readonly fp32_false_true: readonly number[];
  readonly bool_false_true: readonly boolean[];
  /** Of the sequence's id. */
  readonly data_type: ConfigDataType;
}

/** What a state is when a sequence starts. */
export interface InitialState {
  readonly data_type: ConfigDataType;
  readonly dims: readonly number[];
  readonly name: string;
  readonly zero_data: boolean;
  /** A file of the model's folder `initial_state`: the elements' bytes. */
  readonly data_file: string;
}

/** An output of a network that is an input of the sequence's next request. */
export interface SequenceState {
  readonly input_name: string;
  readonly output_name: string;
  readonly data_type: ConfigDataType;
  readonly dims: readonly number[];
  readonly initial_state: readonly InitialState[];
  readonly use_same_buffer_for_input_output: boolean;
  readonly use_growable_memory: boolean;
}

/** How a model with a state is run, with Triton's names. */
export interface SequenceBatching {
  readonly direct:
    | { readonly max_queue_delay_microseconds: number; readonly minimum_slot_utilization: number }
    | undefined;
  readonly oldest:
    | {
        readonly max_candidate_sequences: number;
        readonly preferred_batch_size: readonly number[];
        readonly max_queue_delay_microseconds: number;
        readonly preserve_ordering: boolean;
      }
    | undefined;
  /** After which a sequence is over; 0: a second. */
  readonly max_sequence_idle_microseconds: number;
  readonly control_input: readonly { readonly name: string; readonly control: readonly SequenceControl[] }[];
  readonly state: readonly SequenceState[];
  readonly iterative_sequence: boolean;
}

/** The field `sequence_batching`. */
export const sequenceBatching: FieldType<SequenceBatching | undefined> = message({
  direct: message({ max_queue_delay_microseconds: integer(0), minimum_slot_utilization: decimal }),
  oldest: message({
    max_candidate_sequences: integer(),
    preferred_batch_size: repeated(integer()),
    max_queue_delay_microseconds: integer(0),
    preserve_ordering: flag,
  }),
  max_sequence_idle_microseconds: integer(0),
  control_input: repeated(
    message({
      name: text,
      control: repeated(
        message({
          kind: choice([
            "CONTROL_SEQUENCE_START",
            "CONTROL_SEQUENCE_READY",
            "CONTROL_SEQUENCE_END",
            "CONTROL_SEQUENCE_CORRID",
          ]),
          int32_false_true: repeated(integer()),
          fp32_false_true: repeated(decimal),
          bool_false_true: repeated(flag),
          data_type: dataType,
        }),
      ),
    }),
  ),
  state: repeated(
    message({
      input_name: text,
      output_name: text,
      data_type: dataType,
      dims,
      initial_state: repeated(
        message({ data_type: dataType, dims, name: text, zero_data: flag, data_file: text }),
      ),
      use_same_buffer_for_input_output: flag,
      use_growable_memory: flag,
    }),
  ),
  iterative_sequence: flag,
});

/** The type of a control's tensor. */
export function controlType(control: SequenceControl): ConfigDataType {
  if (control.kind === "CONTROL_SEQUENCE_CORRID") return control.data_type;
  if (control.int32_false_true.length > 0) return "TYPE_INT32";
  return control.fp32_false_true.length > 0 ? "TYPE_FP32" : "TYPE_BOOL";
}

/** Milliseconds without a request after which a sequence is over. */
export const idleMsOf = ({ max_sequence_idle_microseconds: idle }: SequenceBatching): number =>
  (idle || 1_000_000) / 1000;

/** The field as Triton writes it. */
export function sequenceBatchingJson(batching: SequenceBatching): object {
  return {
    ...batching,
    max_sequence_idle_microseconds: idleMsOf(batching) * 1000,
    state: batching.state.map((state) => ({
      ...state,
      initial_state: state.initial_state.map(({ data_type, dims, name, zero_data, data_file }) => ({
        ...{ data_type, dims: dims.map(String), name },
        ...(data_file ? { data_file } : { zero_data }),
      })),
    })),
  };
}
