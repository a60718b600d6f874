import { DecodeError } from "./decodeerror";

/** Inflate a zlib stream piece by piece; ending the iteration early stops the work. */
export async function* inflate(compressed: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const source = new ReadableStream({
    start(controller) {
      controller.enqueue(compressed);
      controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (;;) {
      const { done, value } = await read(reader);
      if (done) return;
      yield value;
    }
  } finally {
    // After an error in the stream itself there is nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

type Piece = { done: true; value?: undefined } | { done: false; value: Uint8Array };

async function read(reader: { read(): Promise<unknown> }): Promise<Piece> {
  try {
    return (await reader.read()) as Piece;
  } catch (cause) {
    throw new DecodeError(
      `Cannot decode labels: labels.data must be a complete zlib stream, got ${String(cause)}`,
      "labels.data",
      { cause },
    );
  }
}
