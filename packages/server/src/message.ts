import {
  decodeRequest,
  elementCount,
  encodeResponse,
  type InferResponse,
  type Message,
  ProtocolError,
  packStrings,
  type ReceivedInput,
  type ReceivedRequest,
} from "@bioengine/triton";
import { maximumStrings } from "./bytestrings";

/** Most inputs, outputs and parameters of a request, each. */
export const maximumMembers = 1024;

/**
 * Read a request whose parts are few enough to be handed on. Byte strings come as binary data.
 *
 * @throws {ProtocolError} with the status and words that Triton answers with; 400 if there are too many parts
 */
export function readMessage(body: Uint8Array, headerLength: number, modelName: string): ReceivedRequest {
  const request = decodeRequest(body, headerLength, modelName);
  const { inputs, outputs = [], parameters } = request;
  for (const [what, count] of [
    ["inputs", inputs.length],
    ["outputs", outputs.length],
    ["parameters", Object.keys(parameters).length],
  ] as const) {
    if (count <= maximumMembers) continue;
    refuse(`the request must have at most ${maximumMembers} ${what}, got ${count}`);
  }
  return { ...request, inputs: inputs.map(packed) };
}

function packed(input: ReceivedInput): ReceivedInput {
  if (input.shape.length > maximumMembers) {
    refuse(`input '${input.name}' must have at most ${maximumMembers} dimensions, got ${input.shape.length}`);
  }
  if (!("data" in input) || input.datatype !== "BYTES") return input;
  const { name, datatype, shape, data } = input;
  if (data.length > maximumStrings) {
    refuse(`input '${name}' must have at most ${maximumStrings} byte strings, got ${data.length}`);
  }
  return { name, datatype, shape, binary: packStrings(data) };
}

function refuse(message: string): never {
  throw new ProtocolError(400, `Cannot read the request: ${message}`);
}

/** Write a response; `binary` names the outputs that go as binary data, the others go as JSON. */
export function writeMessage(response: InferResponse, binary: readonly string[]): Message {
  return encodeResponse(response, (name) => binary.includes(name));
}

/** Number of elements of a response that go as JSON. */
export function jsonElements({ outputs }: InferResponse, binary: readonly string[]): number {
  return outputs.reduce(
    (sum, { name, shape, data }) =>
      binary.includes(name) ? sum : sum + Math.max(elementCount(shape), data.length),
    0,
  );
}
