import { type Datatype, isDatatype } from "./datatype";
import { DecodeError, ProtocolError } from "./error";
import { isJsonObject, JsonError, type JsonValue, parseJson } from "./json";
import { mayBeJson, numbersOfJson, stringsOfJson } from "./jsondata";
import { type Message, message } from "./message";
import { elementCount, type Tensor, tensorBytes } from "./tensor";

/** A parameter of a request, e.g. `sequence_id`. */
export type Parameter = string | number | bigint | boolean;

/** An output that a request asks for. */
export interface RequestedOutput {
  readonly name: string;
  /** Whether as binary data, which is exact and quick; else as JSON. */
  readonly binary: boolean;
  /** Of a vector of scores: how many of the best classes to give instead, as text `score:index:label`. */
  readonly classification?: number;
}

/** An inference request as the client makes it. */
export interface InferRequest {
  readonly id?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly RequestedOutput[];
}

/** An input whose binary data has not been read. */
export interface BinaryInput {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly binary: Uint8Array;
}

/** An input as it came: with binary data, or with the elements of its JSON. */
export type ReceivedInput = BinaryInput | Tensor;

/** An inference request as the server reads it, not yet compared with the model. */
export interface ReceivedRequest {
  readonly id: string | undefined;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly inputs: readonly ReceivedInput[];
  /** Undefined if all are wanted. */
  readonly outputs: readonly RequestedOutput[] | undefined;
  /** Whether all outputs are wanted as binary data; has no effect if `outputs` lists them. */
  readonly binaryOutput: boolean;
}

/** A request as bytes; numbers share memory with the tensors. */
export function encodeRequest(request: InferRequest): Message {
  const binary = request.inputs.map(tensorBytes);
  const json = {
    id: request.id,
    inputs: request.inputs.map(({ name, shape, datatype }, index) => ({
      name,
      shape,
      datatype,
      parameters: { binary_data_size: binary[index].length },
    })),
    outputs: request.outputs.map((output) => ({
      name: output.name,
      parameters: { binary_data: output.binary, classification: output.classification },
    })),
    parameters: request.parameters,
  };
  return message([JSON.stringify(json)], binary);
}

type JsonObject = { [key: string]: JsonValue };

function refuse(key: string, expected: string): never {
  const [got, wanted] = expected.split(" as ");
  throw new ProtocolError(500, `Unable to parse '${key}': attempt to access JSON ${got} as ${wanted}`);
}

function member(object: JsonValue, key: string): JsonValue {
  if (isJsonObject(object) && Object.hasOwn(object, key)) return object[key];
  throw new ProtocolError(
    500,
    `Unable to parse '${key}': attempt to access non-existing object member '${key}'`,
  );
}

function optional(object: JsonValue, key: string): JsonValue | undefined {
  return isJsonObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

function textMember(object: JsonValue, key: string): string {
  const value = member(object, key);
  return typeof value === "string" ? value : refuse(key, "non-string as string");
}

function arrayMember(object: JsonValue, key: string): JsonValue[] {
  const value = member(object, key);
  return Array.isArray(value) ? value : refuse(key, "non-array as array");
}

function booleanMember(object: JsonObject, key: string): boolean {
  const value = object[key];
  return typeof value === "boolean" ? value : refuse(key, "non-boolean as boolean");
}

function unsigned(value: JsonValue, key: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  return refuse(key, "non-unsigned-integer as unsigned-integer");
}

const knownParameters: Record<string, (parameters: JsonObject, key: string) => Parameter> = {
  sequence_id(parameters, key) {
    const id = parameters[key];
    if (typeof id === "string" || typeof id === "bigint") return id;
    return typeof id === "number" && Number.isInteger(id) && id >= 0
      ? id
      : refuse(key, "non-string as string");
  },
  sequence_start: booleanMember,
  sequence_end: booleanMember,
  binary_data_output: booleanMember,
  priority: (parameters, key) => unsigned(parameters[key], key),
  timeout: (parameters, key) => unsigned(parameters[key], key),
};

function readParameters(request: JsonValue): Record<string, Parameter> {
  const parameters = optional(request, "parameters");
  if (parameters === undefined) return {};
  if (!isJsonObject(parameters)) {
    throw new ProtocolError(500, "failed to get request params.: attempt to get members for non-object");
  }
  const read = Object.entries(parameters).map(([key, value]): [string, Parameter] => {
    if (Object.hasOwn(knownParameters, key)) return [key, knownParameters[key](parameters, key)];
    if (key.startsWith("triton_")) {
      throw new ProtocolError(
        400,
        "parameter keys starting with 'triton_' are reserved for Triton usage and should not be specified.",
      );
    }
    if (value === null || typeof value === "object") {
      throw new ProtocolError(
        400,
        `parameter '${key}' has invalid type. It should be either 'int', 'bool', or 'string'.`,
      );
    }
    return [key, value];
  });
  return Object.fromEntries(read);
}

/** A tensor of a JSON input. Text is counted later, with the model's name; numbers here, as Triton does. */
function tensorOfJson(name: string, datatype: Datatype, shape: readonly number[], data: JsonValue): Tensor {
  if (!Array.isArray(data)) refuse("data", "non-array as array");
  if (!mayBeJson(datatype)) {
    throw new ProtocolError(
      400,
      `receiving ${datatype} data via JSON is not supported. Please use the binary data format for input ${name}`,
    );
  }
  try {
    if (datatype === "BYTES") return { name, datatype, shape, data: stringsOfJson(data) };
    const numbers = numbersOfJson(data, datatype);
    if (numbers.length === elementCount(shape)) return { name, datatype, shape, data: numbers };
    throw new DecodeError("Shape does not match true shape of 'data' field");
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const where = datatype === "BYTES" ? "JSON bytes array" : "'data'";
    throw new ProtocolError(500, `Unable to parse ${where}: ${error.message}`);
  }
}

const fields = "'data', 'binary_data_size' in 'parameters', 'shared_memory_region' in 'parameters'";

function readInput(input: JsonValue, takeBinary: (name: string, size: number) => Uint8Array): ReceivedInput {
  const data = optional(input, "data");
  const parameters = optional(input, "parameters") ?? {};
  const size = optional(parameters, "binary_data_size");
  if (optional(parameters, "shared_memory_region") !== undefined) {
    throw new ProtocolError(400, "shared memory is not supported by this server; send the data itself");
  }
  if ((data === undefined) === (size === undefined)) {
    const found = data === undefined ? "no field is set" : "set 'data' 'binary_data_size'";
    throw new ProtocolError(400, `Input must set only one of the following fields: ${fields}. But ${found}`);
  }
  const name = textMember(input, "name");
  const datatype = textMember(input, "datatype");
  const shape = arrayMember(input, "shape").map((length) => unsigned(length, "shape"));
  if (!isDatatype(datatype)) throw new ProtocolError(400, `invalid datatype for input ${name}`);
  if (data !== undefined) return tensorOfJson(name, datatype, shape, data);
  return { name, datatype, shape, binary: takeBinary(name, unsigned(size ?? null, "binary_data_size")) };
}

function readOutput(output: JsonValue): RequestedOutput {
  const name = textMember(output, "name");
  const parameters = optional(output, "parameters");
  if (!isJsonObject(parameters)) return { name, binary: false };
  for (const unsupported of ["classification", "shared_memory_region"]) {
    if (Object.hasOwn(parameters, unsupported)) {
      throw new ProtocolError(400, `'${unsupported}' of output '${name}' is not supported by this server`);
    }
  }
  return { name, binary: "binary_data" in parameters && booleanMember(parameters, "binary_data") };
}

/**
 * Read an inference request; its tensors share memory with the body.
 *
 * @param body the whole body, decompressed
 * @param headerLength bytes of its JSON
 * @throws {ProtocolError} with the status and words that Triton answers with
 */
export function decodeRequest(body: Uint8Array, headerLength: number, modelName: string): ReceivedRequest {
  const request = readJson(body.subarray(0, headerLength));
  const id = optional(request, "id");
  if (id !== undefined && typeof id !== "string") refuse("id", "non-string as string");
  const parameters = readParameters(request);
  let position = headerLength;
  const takeBinary = (name: string, size: number): Uint8Array => {
    const missing = size - (body.length - position);
    if (missing > 0) {
      throw new ProtocolError(
        400,
        `unexpected size for input '${name}', expecting ${missing} additional bytes for model '${modelName}'`,
      );
    }
    position += size;
    return body.subarray(position - size, position);
  };
  const inputs = arrayMember(request, "inputs").map((input) => readInput(input, takeBinary));
  if (position < body.length) {
    throw new ProtocolError(400, `unexpected additional input data for model '${modelName}'`);
  }
  const outputs = optional(request, "outputs") && arrayMember(request, "outputs").map(readOutput);
  return {
    id: id || undefined,
    parameters,
    inputs,
    outputs: outputs && outputs.length > 0 ? outputs : undefined,
    binaryOutput: parameters.binary_data_output === true,
  };
}

function readJson(bytes: Uint8Array): JsonValue {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ProtocolError(500, `failed to parse the request JSON buffer: ${error.message}`);
  }
}
