import { isDatatype } from "./datatype";
import { DecodeError } from "./error";
import { isJsonObject, JsonError, type JsonValue, parseJson } from "./json";
import { jsonOfTensor, mayBeJson, numbersOfJson, stringsOfJson } from "./jsondata";
import { type Message, message } from "./message";
import { checkCount, readTensor, type Tensor, tensorBytes } from "./tensor";

const encoder = new TextEncoder();

/** The answer to an inference request. */
export interface InferResponse {
  readonly id: string | undefined;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly outputs: readonly Tensor[];
}

/**
 * A response as bytes; numbers share memory with the tensors.
 *
 * @param binary whether an output, by name, goes as binary data; else as JSON
 */
export function encodeResponse(response: InferResponse, binary: (name: string) => boolean): Message {
  const { id, modelName, modelVersion, outputs } = response;
  const head = JSON.stringify({ id, model_name: modelName, model_version: modelVersion });
  const json: (string | Uint8Array)[] = [`${head.slice(0, -1)},"outputs":[`];
  const data: Uint8Array[] = [];
  outputs.forEach((tensor, index) => {
    const { name, datatype, shape } = tensor;
    const start = `${index > 0 ? "," : ""}${JSON.stringify({ name, datatype, shape }).slice(0, -1)}`;
    if (binary(name)) {
      const bytes = tensorBytes(tensor);
      data.push(bytes);
      json.push(`${start},"parameters":{"binary_data_size":${bytes.length}}}`);
    } else json.push(`${start},"data":`, jsonOfTensor(tensor), "}");
  });
  json.push("]}");
  return message(json, data);
}

/**
 * Read a response; its tensors share memory with the body where alignment allows.
 *
 * @param body the whole body, decompressed
 * @param headerLength bytes of its JSON; undefined (no such header) if it is JSON alone
 * @throws {DecodeError} if it is no inference response, or cut
 */
export function decodeResponse(body: Uint8Array, headerLength: number | undefined): InferResponse {
  const end = headerLength ?? body.length;
  if (!Number.isInteger(end) || end < 0 || end > body.length) {
    throw new DecodeError(
      `Cannot read the response: its header must have at most ${body.length} bytes, got ${headerLength}`,
    );
  }
  const json = readJson(body.subarray(0, end));
  if (!isJsonObject(json) || !Array.isArray(json.outputs)) {
    throw new DecodeError(`Cannot read the response: it must list its outputs, got ${excerpt(body)}`);
  }
  let position = end;
  const outputs = json.outputs.map((output) => {
    const size = binarySize(output);
    position += size;
    return readOutput(output, body.subarray(position - size, position));
  });
  if (position !== body.length) {
    throw new DecodeError(`Cannot read the response: it must have ${position} bytes, got ${body.length}`);
  }
  const names = new Set<string>();
  for (const { name } of outputs) {
    if (names.has(name)) {
      throw new DecodeError(`Cannot read the response: its outputs must differ in name, got ${name} twice`);
    }
    names.add(name);
  }
  const { id, model_name: modelName, model_version: modelVersion } = json;
  if (typeof modelName !== "string" || !mayBeText(id) || !mayBeText(modelVersion)) {
    throw new DecodeError(
      `Cannot read the response: its id, model_name and model_version must be text, got ${shown(id)}, ${shown(modelName)}, ${shown(modelVersion)}`,
    );
  }
  return { id: id ?? undefined, modelName, modelVersion: modelVersion ?? "", outputs };
}

const mayBeText = (value: JsonValue | undefined): value is string | null | undefined =>
  value === undefined || value === null || typeof value === "string";

/** A JSON value for messages. String() would call what the value says is its toString. */
function shown(value: JsonValue | undefined): string {
  const text = JSON.stringify(value, (_, member) => (typeof member === "bigint" ? String(member) : member));
  return text === undefined ? "nothing" : excerpt(encoder.encode(text));
}

/** Bytes that an output has in the binary data; none if its elements are in the JSON. */
function binarySize(output: JsonValue): number {
  if (!isJsonObject(output)) return 0;
  const { data, parameters } = output;
  const size = isJsonObject(parameters) ? parameters.binary_data_size : undefined;
  if ((data === undefined) === (size === undefined)) {
    throw new DecodeError(
      `Cannot read the response: an output must have either data or binary_data_size, got ${shown(output)}`,
    );
  }
  if (size === undefined || isSize(size)) return size ?? 0;
  throw new DecodeError(
    `Cannot read the response: binary_data_size must be a number of bytes, got ${shown(size)}`,
  );
}

function readOutput(output: JsonValue, bytes: Uint8Array): Tensor {
  if (!isJsonObject(output)) throw new DecodeError("Cannot read the response: an output must be an object");
  const { name, datatype, shape, data } = output;
  if (typeof name !== "string" || !isDatatype(datatype) || !Array.isArray(shape) || !shape.every(isSize)) {
    throw new DecodeError(
      `Cannot read the response: an output must have name, datatype and shape, got ${shown(name)}, ${shown(datatype)}, ${shown(shape)}`,
    );
  }
  if (data === undefined) return readTensor(name, datatype, shape, bytes);
  if (!Array.isArray(data) || !mayBeJson(datatype)) {
    throw new DecodeError(
      `Cannot read the response: data must be an array, and of no 16-bit floats, got ${datatype}, ${shown(data)}`,
    );
  }
  return checkCount(
    datatype === "BYTES"
      ? { name, datatype, shape, data: stringsOfJson(data) }
      : { name, datatype, shape, data: numbersOfJson(data, datatype, "refuse") },
  );
}

const isSize = (value: JsonValue): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function readJson(bytes: Uint8Array): JsonValue {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new DecodeError(
      `Cannot read the response: it must be JSON (${error.message}), got ${excerpt(bytes)}`,
      {
        cause: error,
      },
    );
  }
}

/** The beginning of a body, for messages. */
export function excerpt(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 200)).replace(/\s+/g, " ").trim();
  return bytes.length > 200 ? `${text}…` : text || "nothing";
}
