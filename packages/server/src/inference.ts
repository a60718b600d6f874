import { type Message, mayBeJson, ProtocolError, type ReceivedRequest } from "@bioengine/triton";
import { MessageWorker } from "./messageworker";
import { versionOf } from "./model";
import { rawRequest } from "./rawrequest";
import type { ServedModel } from "./servedmodel";
import { checkOutputs, readInputs } from "./validation";

const messages = new MessageWorker(1024);

/** What Inference-Header-Content-Length says, read as C reads numbers; undefined if there is none. */
export function announcedHeaderLength(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  return Number.parseInt(header, 10) || 0;
}

/**
 * Answer an inference request.
 *
 * @param body the whole body, decompressed
 * @param announced what the request says of the length of its JSON
 * @param signal aborted when the client has gone
 * @throws {ProtocolError} with the status and words that Triton answers with
 */
export async function infer(
  served: ServedModel,
  body: Uint8Array,
  announced: number | undefined,
  signal: AbortSignal,
): Promise<Message> {
  const { model } = served;
  const headerLength = announced ?? body.length;
  if (headerLength < 0 || headerLength > body.length) {
    throw new ProtocolError(
      400,
      `inference header size should be in range (0, ${body.length}), got: ${headerLength}`,
    );
  }
  const request =
    headerLength === 0
      ? rawRequest(body, model)
      : await messages.decode(body, headerLength, model.name, signal);
  const inputs = readInputs(request, model);
  checkOutputs(request, model);
  const call = { id: request.id, inputs, parameters: request.parameters, signal };
  const { sequences } = served;
  const all = sequences
    ? await sequences.run(request.parameters, (sequence) => served.run({ ...call, sequence }))
    : await served.run(call);
  const outputs = all.filter(({ name }) => isWanted(request, name));
  const binary = outputs.map(({ name }) => name).filter((name) => isBinary(request, name));
  for (const { name, datatype } of outputs) {
    if (binary.includes(name) || mayBeJson(datatype)) continue;
    throw new ProtocolError(
      400,
      `sending ${datatype} data via JSON is not supported. Please use the binary data format for output`,
    );
  }
  const response = { id: request.id, modelName: model.name, modelVersion: versionOf(model), outputs };
  return messages.encode(response, binary, signal);
}

const isWanted = ({ outputs }: ReceivedRequest, name: string): boolean =>
  outputs === undefined || outputs.some((output) => output.name === name);

const isBinary = ({ outputs, binaryOutput }: ReceivedRequest, name: string): boolean =>
  outputs === undefined ? binaryOutput : outputs.some((output) => output.name === name && output.binary);
