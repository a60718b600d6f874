import {
  datatypeByteSize,
  elementCount,
  ProtocolError,
  packStrings,
  type ReceivedRequest,
} from "@bioengine/triton";
import type { Model } from "./model";

function refuse(message: string): never {
  throw new ProtocolError(400, `[request id: <id_unknown>] ${message}`);
}

/**
 * Read a request without JSON: the body is the data of the model's only input. All outputs are answered as binary
 * data.
 *
 * @throws {ProtocolError} 400 if the model has other inputs, or its input's shape can't be deduced
 */
export function rawRequest(body: Uint8Array, model: Model): ReceivedRequest {
  const [spec] = model.inputs;
  if (model.inputs.length !== 1) {
    refuse(
      `Raw request must only have 1 input (found 1) to be deduced but got ${model.inputs.length} inputs in '${model.name}' model configuration`,
    );
  }
  const { name, datatype } = spec;
  if (datatype === "BYTES" && (spec.shape.length !== 1 || spec.shape[0] !== 1)) {
    refuse(`For BYTE datatype raw input '${name}', the model must have input shape [1]`);
  }
  if (spec.shape.filter((length) => length < 0).length > 1) {
    refuse(
      `The shape of the raw input '${name}' can not be deduced because there are more than one variable-sized dimension`,
    );
  }
  const known = elementCount(spec.shape.filter((length) => length >= 0));
  const size = datatype === "BYTES" ? 1 : datatypeByteSize(datatype);
  const free = Math.floor(body.length / (size * known));
  const shape = spec.shape.map((length) => (length < 0 ? free : length));
  return {
    id: undefined,
    parameters: {},
    inputs: [{ name, datatype, shape, binary: datatype === "BYTES" ? packStrings([body]) : body }],
    outputs: undefined,
    binaryOutput: true,
  };
}
