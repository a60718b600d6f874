import type { Publication } from "./exchange";
import type { Content } from "./message";

/** A message to every client, of what a cell says. */
export function publicationOf(
  type: string,
  content: Content,
  { metadata = {}, buffers = [] }: Jupyter.CommOptions = {},
): Publication {
  return {
    type,
    content: JSON.stringify(content),
    metadata: JSON.stringify(metadata),
    buffers: buffers.map(copyOf),
  };
}

/** The bytes as they are now: the cell may go on writing to them. */
function copyOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer.slice(0));
  if (ArrayBuffer.isView(buffer)) {
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  }
  throw new TypeError(`Cannot send the buffers: each must be an ArrayBuffer or a typed array, got ${buffer}`);
}
