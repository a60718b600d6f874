import {
  type BytesTensor,
  datatypeByteSize,
  elementCount,
  ProtocolError,
  type ReceivedInput,
  type ReceivedRequest,
  readTensor,
  type Tensor,
} from "@bioengine/triton";
import { splitStrings } from "./bytestrings";
import type { Model, TensorSpec } from "./model";

const shapeText = (shape: readonly number[]): string => `[${shape.join(",")}]`;

const nameList = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(",")}]`;

const batchNote =
  "NOTE: Setting a non-zero max_batch_size in the model config requires a batch dimension to be prepended to each input shape. If you want to specify the full shape including the batch dim in your input dims config, try setting max_batch_size to zero. See the model configuration docs for more info on max_batch_size.";

function refuse(request: ReceivedRequest, message: string): never {
  throw new ProtocolError(400, `[request id: ${request.id ?? "<id_unknown>"}] ${message}`);
}

/**
 * Compare a request's inputs with the model's, and read their data.
 *
 * @returns the inputs by name; numbers share memory with the request where alignment allows
 * @throws {ProtocolError} 400 with Triton's words
 */
export function readInputs(request: ReceivedRequest, model: Model): Map<string, Tensor> {
  const names = request.inputs.map(({ name }) => name);
  const found = new Set<string>();
  const twice = names.find((name) => found.size === found.add(name).size);
  if (twice !== undefined) refuse(request, `input '${twice}' already exists in request`);
  checkCount(request, model, names);
  const inputs = new Map<string, Tensor>();
  for (const input of request.inputs) {
    const spec = model.inputs.find(({ name }) => name === input.name);
    if (spec === undefined) {
      throw new ProtocolError(400, `unexpected inference input '${input.name}' for model '${model.name}'`);
    }
    inputs.set(input.name, readInput(request, input, spec, model));
  }
  return inputs;
}

function checkCount(request: ReceivedRequest, model: Model, names: readonly string[]): void {
  const required = model.inputs.filter(({ optional }) => !optional).map(({ name }) => name);
  const missing = required.filter((name) => !names.includes(name));
  const [least, most, got] = [required.length, model.inputs.length, names.length];
  const unknown = names.some((name) => !model.inputs.some((spec) => spec.name === name));
  // An unknown input among the right number of them is reported by its name.
  if (got >= least && got <= most && (missing.length === 0 || unknown)) return;
  const expected = least === most ? `${most} inputs` : `number of inputs between ${least} and ${most}`;
  // Triton's order and its lone bracket, so that the words are the same.
  const list = missing.length === 0 ? "]" : nameList(missing);
  refuse(
    request,
    `expected ${expected} but got ${got} inputs for model '${model.name}'. Got input(s) ${nameList([...names].reverse())}, but missing required input(s) ${list}. Please provide all required input(s).`,
  );
}

function readInput(
  request: ReceivedRequest,
  input: ReceivedInput,
  spec: TensorSpec,
  { name: modelName, config }: Model,
): Tensor {
  const { name, datatype, shape } = input;
  if (datatype !== spec.datatype) {
    refuse(
      request,
      `inference input '${name}' data-type is '${datatype}', but model '${modelName}' expects '${spec.datatype}'`,
    );
  }
  const fits =
    shape.length === spec.shape.length &&
    shape.every((length, axis) => spec.shape[axis] < 0 || spec.shape[axis] === length);
  if (!fits) {
    refuse(
      request,
      `unexpected shape for input '${name}' for model '${modelName}'. Expected ${shapeText(spec.shape)}, got ${shapeText(shape)}. ${config?.max_batch_size ? batchNote : ""}`,
    );
  }
  if (!("binary" in input))
    return input.datatype === "BYTES" ? checkStrings(request, input, modelName) : input;
  if (datatype === "BYTES") {
    const data = splitStrings(name, input.binary, (left) =>
      refuse(
        request,
        `incomplete string length indicator for inference input '${name}' for model '${modelName}', expecting 4 bytes but only ${left} bytes available. Please make sure the string length indicator is in one buffer.`,
      ),
    );
    return checkStrings(request, { name, datatype, shape, data }, modelName);
  }
  const expected = elementCount(shape) * datatypeByteSize(datatype);
  if (input.binary.length !== expected) {
    refuse(
      request,
      `input byte size mismatch for input '${name}' for model '${modelName}'. Expected ${expected}, got ${input.binary.length}`,
    );
  }
  return readTensor(name, datatype, shape, input.binary);
}

function checkStrings(request: ReceivedRequest, tensor: BytesTensor, modelName: string): BytesTensor {
  const expected = elementCount(tensor.shape);
  const got = tensor.data.length;
  const where = `for inference input '${tensor.name}' for model '${modelName}'`;
  if (got < expected) refuse(request, `expected ${expected} string elements ${where}, got ${got}`);
  if (got > expected) {
    refuse(request, `unexpected number of string elements ${got} ${where}, expecting ${expected}`);
  }
  return tensor;
}

/**
 * Check the outputs that a request asks for.
 *
 * @throws {ProtocolError} 400 if the model has not one of them
 */
export function checkOutputs(request: ReceivedRequest, model: Model): void {
  const unknown = request.outputs?.find(({ name }) => !model.outputs.some((spec) => spec.name === name));
  if (unknown !== undefined) {
    throw new ProtocolError(400, `unexpected inference output '${unknown.name}' for model '${model.name}'`);
  }
}
