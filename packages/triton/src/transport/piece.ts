import { meter } from "./meter";
import type { TransportRequest } from "./transport";

/** Small enough that progress shows, large enough that handing over costs nothing. */
const pieceSize = 2 ** 22;

/** A body in pieces: each is asked for when the one before is on its way, which is when it counts. */
export function* pieces(
  body: readonly Uint8Array[],
  onProgress: TransportRequest["onProgress"],
): Generator<Uint8Array, void, undefined> {
  const total = body.reduce((sum, part) => sum + part.length, 0);
  const count = meter("sending", total, onProgress);
  for (const part of body) {
    for (let position = 0; position < part.length; position += pieceSize) {
      const piece = part.subarray(position, position + pieceSize);
      yield piece;
      count(piece.length);
    }
  }
  onProgress?.({ phase: "running", loaded: 0, total: undefined });
}
