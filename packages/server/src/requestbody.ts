import type { IncomingMessage } from "node:http";
import { receiveBuffer } from "@bioengine/triton";
import { contentEncoding, decompress, tooLarge } from "./compression";

/**
 * Receive a request's body, decompressed, placed so that its tensors can be used where they are.
 *
 * @param headerLength what the request says of its JSON, for the placing
 * @param maximum most bytes, both sent and decompressed
 * @throws {ProtocolError} 413 if there are more, 501 if the encoding is unknown
 */
export async function requestBody(
  request: IncomingMessage,
  headerLength: number,
  maximum: number,
): Promise<Uint8Array> {
  const encoding = contentEncoding(request.headers["content-encoding"]);
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > maximum) throw tooLarge(maximum);
  const placed = encoding === undefined ? headerLength : 0;
  // A length that is announced is believed up to here only, so that headers alone cannot take memory.
  const body =
    announced > 0 && announced <= 2 ** 26
      ? await fill(receiveBuffer(announced, placed), request)
      : await collect(request, placed, maximum);
  return encoding === undefined ? body : decompress(body, encoding, maximum);
}

async function fill(buffer: Uint8Array, request: IncomingMessage): Promise<Uint8Array> {
  let position = 0;
  for await (const chunk of request) {
    buffer.set(chunk, position);
    position += chunk.length;
  }
  return buffer;
}

async function collect(request: IncomingMessage, headerLength: number, maximum: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // The connection must outlive a refusal, to carry the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > maximum) throw tooLarge(maximum);
    chunks.push(chunk);
  }
  const buffer = receiveBuffer(length, headerLength);
  let position = 0;
  for (const chunk of chunks) {
    buffer.set(chunk, position);
    position += chunk.length;
  }
  return buffer;
}
