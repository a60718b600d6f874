import type { ConfigDataType } from "./configfields";
import { requireThat, shapeText } from "./requirement";
import type { InitialState, SequenceBatching, SequenceControl, SequenceState } from "./sequencebatching";

const idTypes: readonly ConfigDataType[] = [
  "TYPE_UINT64",
  "TYPE_INT64",
  "TYPE_UINT32",
  "TYPE_INT32",
  "TYPE_STRING",
];

/**
 * Check how a configuration runs sequences.
 *
 * @throws {Error} that names the first thing that is missing or contradicts itself
 */
export function checkSequenceBatching(batching: SequenceBatching): void {
  requireThat(!batching.iterative_sequence, "a request must have one answer", "iterative_sequence: true");
  const kinds = new Set<string>();
  for (const { name, control } of batching.control_input) {
    requireThat(name !== "", "each control_input must have a name", "none");
    requireThat(control.length === 1, `${name} must have one control`, String(control.length));
    const [{ kind }] = control;
    requireThat(!kinds.has(kind), `${kind} must be told to one input`, `a second, ${name}`);
    kinds.add(kind);
    checkControl(name, control[0]);
  }
  for (const state of batching.state) checkState(state);
}

function checkControl(name: string, control: SequenceControl): void {
  const { kind, data_type } = control;
  if (kind === "CONTROL_SEQUENCE_CORRID") {
    requireThat(
      idTypes.includes(data_type),
      `data_type of ${name} must be among ${idTypes.join(", ")}`,
      data_type,
    );
    return;
  }
  const pairs = [control.int32_false_true, control.fp32_false_true, control.bool_false_true];
  const given = pairs.filter((values) => values.length > 0);
  requireThat(
    given.length === 1 && given[0].length === 2,
    `${name} must have two values, int32_false_true, fp32_false_true or bool_false_true`,
    given.map((values) => `[${values.join(", ")}]`).join(" and ") || "none",
  );
}

function checkState({
  input_name,
  output_name,
  data_type,
  dims,
  initial_state: initial,
}: SequenceState): void {
  requireThat(
    input_name !== "" && output_name !== "",
    "a state must have input_name and output_name",
    "none",
  );
  const isNumeric = data_type !== "TYPE_INVALID" && data_type !== "TYPE_STRING";
  requireThat(isNumeric, `data_type of the state ${input_name} must be one of numbers`, data_type);
  requireThat(
    dims.every((length) => length >= 1 || length === -1),
    `dims of the state ${input_name} must be at least 1, or -1 for any`,
    shapeText(dims),
  );
  requireThat(
    initial.length <= 1,
    `the state ${input_name} must have one initial_state`,
    String(initial.length),
  );
  for (const one of initial) checkInitial(input_name, data_type, dims, one);
}

function checkInitial(
  state: string,
  type: ConfigDataType,
  dims: readonly number[],
  initial: InitialState,
): void {
  const of = `initial_state of ${state}`;
  requireThat(initial.name !== "", `${of} must have a name`, "none");
  requireThat(
    initial.data_type === type,
    `data_type of ${of} must be the state's, ${type}`,
    initial.data_type,
  );
  requireThat(
    initial.dims.length === dims.length &&
      initial.dims.every((length, axis) => length >= 1 && [-1, length].includes(dims[axis])),
    `dims of ${of} must be those of the state, ${shapeText(dims)}, and of a known length`,
    shapeText(initial.dims),
  );
  requireThat(
    initial.zero_data || initial.data_file !== "",
    `${of} must have zero_data or data_file`,
    "neither",
  );
  requireThat(
    /^[^/\\]*$/.test(initial.data_file) && initial.data_file !== "..",
    `data_file of ${of} must be a file's name`,
    initial.data_file,
  );
}
