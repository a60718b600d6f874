import type { IncomingMessage } from "node:http";
import { ProtocolError, receiveBuffer } from "@bioengine/triton";
import type { BodyShare } from "./bodybudget";
import { contentEncoding, decompressed, isNotCompressed } from "./compression";
import { GrowingBuffer } from "./growingbuffer";
import type { Limits } from "./limits";
import { type Pace, watchPace } from "./pace";

/** What a body is received with. */
export interface BodyOptions {
  readonly limits: Limits;
  /** The memory it takes. */
  readonly share: BodyShare;
  /** Aborted when the body is not wanted any more. */
  readonly signal: AbortSignal;
  /** Called when there is memory for the body, before it is read. */
  begin(): void;
}

/** So short that it needs no share of the memory: all connections together hold little of such. */
const shortBytes = 2 ** 16;

/** The memory of a body whose length is unknown is asked for in steps of this size. */
const stepBytes = 2 ** 22;

/**
 * Receive a request's body, decompressed, placed so that its tensors can be used where they are.
 *
 * @param headerLength what the request says of its JSON, for the placing
 * @throws {ProtocolError} 413 if it has too many bytes, 501 if its encoding is unknown, 408 if it comes too slowly,
 *   503 if there is no memory
 * @throws the signal's reason if it is aborted
 */
export async function requestBody(
  request: IncomingMessage,
  headerLength: number,
  { limits, share, signal, begin }: BodyOptions,
): Promise<Uint8Array> {
  const encoding = contentEncoding(request.headers["content-encoding"]);
  const isChunked = request.headers["transfer-encoding"] !== undefined;
  const announced = isChunked ? Number.NaN : Number(request.headers["content-length"] ?? 0);
  const maximum = limits.requestBytes;
  if (announced > maximum) throw tooLarge(maximum);
  const fixed = encoding === undefined && announced >= 0;
  // Images shrink to a quarter at best; twice that, see below.
  const likely = Math.max(stepBytes, Math.min(8 * (announced || 0), limits.heldBytes / 2));
  if (!fixed || announced > shortBytes) await share.take(fixed ? announced : likely, signal);
  begin();
  const pace = watchPace(limits, () => request.complete);
  const stopped = rejection(signal);
  try {
    const read = fixed
      ? fill(receiveBuffer(announced, headerLength), request, pace)
      : collect(decompressed(request, encoding, pace.count), headerLength, maximum, share, signal).catch(
          emptyIfNotCompressed,
        );
    const body = await Promise.race([read, pace.tooSlow, stopped.promise]);
    if (share.held > 0) share.settle(body.length);
    return body;
  } finally {
    pace.end();
    stopped.end();
  }
}

function rejection(signal: AbortSignal): { promise: Promise<never>; end(): void } {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  return { promise, end: () => signal.removeEventListener("abort", stop) };
}

async function fill(buffer: Uint8Array, request: IncomingMessage, pace: Pace): Promise<Uint8Array> {
  let position = 0;
  for await (const chunk of request) {
    pace.count(chunk.length);
    buffer.set(chunk, position);
    position += chunk.length;
  }
  return buffer;
}

async function collect(
  source: AsyncIterable<Uint8Array>,
  headerLength: number,
  maximum: number,
  share: BodyShare,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const received = new GrowingBuffer(maximum);
  try {
    for await (const chunk of source) {
      const length = received.length + chunk.length;
      if (length > maximum) throw tooLarge(maximum);
      // Twice: in the end there are the received bytes and their copy.
      if (2 * length > share.held) await share.take(Math.max(stepBytes, 2 * length - share.held), signal);
      received.push(chunk);
    }
    return await received.copy(headerLength);
  } finally {
    await received.free();
  }
}

function emptyIfNotCompressed(error: unknown): Uint8Array {
  if (isNotCompressed(error)) return new Uint8Array();
  throw error;
}

function tooLarge(maximum: number): ProtocolError {
  return new ProtocolError(413, `the request must have at most ${maximum} bytes; send a part of the image`);
}
