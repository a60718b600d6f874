import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  datatypeByteSize,
  elementCount,
  type NumericDatatype,
  ProtocolError,
  readTensor,
  type Tensor,
} from "@bioengine/triton";
import { type ConfigDataType, datatypeOfType } from "./config/configfields";
import { requireThat } from "./config/requirement";
import type { SequenceBatching, SequenceControl, SequenceState } from "./config/sequencebatching";
import type { Sequence, SequenceStep } from "./sequences";

/** What a network is given beside the inputs of a request, and what of its outputs comes back to it. */
export class SequenceTensors {
  private readonly states = new WeakMap<Sequence, readonly Tensor[]>();
  private readonly initial: readonly Tensor[];

  /**
   * @param modelName for the words of a refusal
   * @param batched whether tensors have an axis for the batch
   * @param folder of the model
   * @throws {Error} if the data of an initial state isn't there, or not of its size
   */
  constructor(
    private readonly modelName: string,
    private readonly batching: SequenceBatching,
    private readonly batched: boolean,
    folder: string,
  ) {
    this.initial = batching.state.map((state) => this.initialState(state, join(folder, "initial_state")));
  }

  /** The controls, and the states as the sequence's last request left them. @throws {ProtocolError} 400 if its id is no CORRID */
  inputs(step: SequenceStep): Tensor[] {
    const controls = this.batching.control_input.map(({ name, control: [control] }) =>
      this.controlTensor(name, control, step),
    );
    return [...controls, ...((step.start ? undefined : this.states.get(step.sequence)) ?? this.initial)];
  }

  /** Keep the states that a request leaves. @param outputOf gives an output of the network by its name */
  keep({ sequence }: SequenceStep, outputOf: (name: string) => Tensor): void {
    const { state } = this.batching;
    this.states.set(
      sequence,
      state.map(({ input_name, output_name }) => ({ ...outputOf(output_name), name: input_name })),
    );
  }

  private controlTensor(name: string, control: SequenceControl, step: SequenceStep): Tensor {
    const shape = this.batched ? [1, 1] : [1];
    if (control.kind === "CONTROL_SEQUENCE_CORRID") return this.idTensor(name, control, shape, step.sequence);
    const told = {
      CONTROL_SEQUENCE_START: step.start,
      CONTROL_SEQUENCE_END: step.end,
      CONTROL_SEQUENCE_READY: true,
    }[control.kind];
    const { int32_false_true: integers, fp32_false_true: floats, bool_false_true: booleans } = control;
    const place = Number(told);
    if (integers.length > 0) return { name, datatype: "INT32", shape, data: Int32Array.of(integers[place]) };
    if (floats.length > 0) return { name, datatype: "FP32", shape, data: Float32Array.of(floats[place]) };
    return { name, datatype: "BOOL", shape, data: Uint8Array.of(Number(booleans[place])) };
  }

  private idTensor(name: string, { data_type }: SequenceControl, shape: number[], { id }: Sequence): Tensor {
    if (data_type === "TYPE_STRING") {
      return { name, datatype: "BYTES", shape, data: [new TextEncoder().encode(String(id))] };
    }
    const datatype = numericDatatype(data_type);
    const largest = largestId[datatype];
    if (largest === undefined || typeof id === "string" || id > largest) {
      throw new ProtocolError(
        400,
        `Cannot run ${this.modelName}: sequence_id must be a whole number from 1 to ${largest}, got ${id}`,
      );
    }
    const bytes = new Uint8Array(datatypeByteSize(datatype));
    const view = new DataView(bytes.buffer);
    if (bytes.length === 8) view.setBigUint64(0, BigInt(id), true);
    else view.setUint32(0, Number(id), true);
    return readTensor(name, datatype, shape, bytes);
  }

  private initialState(
    { input_name, data_type, dims, initial_state: [first] }: SequenceState,
    folder: string,
  ) {
    const datatype = numericDatatype(data_type);
    // Triton's: an axis of any length has one element where nothing is said.
    const shape = first?.dims ?? dims.map((length) => (length === -1 ? 1 : length));
    const size = elementCount(shape) * datatypeByteSize(datatype);
    const path = first?.data_file ? join(folder, first.data_file) : undefined;
    requireThat(
      path === undefined || existsSync(path),
      `data_file of ${input_name} must be a file`,
      `no ${path}`,
    );
    const bytes = path === undefined ? new Uint8Array(size) : new Uint8Array(readFileSync(path));
    requireThat(bytes.length === size, `${path} must have ${size} bytes`, String(bytes.length));
    return readTensor(input_name, datatype, this.batched ? [1, ...shape] : shape, bytes);
  }
}

const largestId: Partial<Record<NumericDatatype, bigint>> = {
  UINT64: 2n ** 64n - 1n,
  INT64: 2n ** 63n - 1n,
  UINT32: 2n ** 32n - 1n,
  INT32: 2n ** 31n - 1n,
};

function numericDatatype(type: ConfigDataType): NumericDatatype {
  const datatype = datatypeOfType(type);
  if (datatype !== "BYTES") return datatype;
  throw new TypeError(`config.pbtxt: a state must have numbers, got ${type}`);
}
