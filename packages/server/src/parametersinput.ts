import { ProtocolError, type Tensor } from "@bioengine/triton";

/**
 * The value of the input `param`, which is JSON; an object without members if it was left out.
 *
 * @param name of the model, for messages
 * @throws {ProtocolError} 400 if it is not JSON
 */
export function readParameters(name: string, tensor: Tensor | undefined): unknown {
  if (tensor === undefined) return {};
  const [bytes] = tensor.data;
  if (!(bytes instanceof Uint8Array)) throw new TypeError("param must be BYTES");
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const got = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    throw new ProtocolError(400, `Cannot run ${name}: param must be a JSON object, got ${got || "nothing"}`);
  }
}

/** Parameters as a model takes them. */
export const parametersTensor = (parameters: object): Tensor => ({
  name: "param",
  datatype: "BYTES",
  shape: [1],
  data: [new TextEncoder().encode(JSON.stringify(parameters))],
});
