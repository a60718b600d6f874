const encoder = new TextEncoder();

/** The header that says how many bytes of a body are JSON; the rest is tensor data. */
export const headerLengthName = "Inference-Header-Content-Length";

/** A request or response body: JSON, then the binary data of the tensors in the order of the JSON. */
export interface Message {
  /** Bytes of the JSON if binary data follows, for `Inference-Header-Content-Length`; else undefined. */
  readonly headerLength: number | undefined;
  /** The body in order. Parts may share memory with the tensors: do not write to them while it is being sent. */
  readonly parts: readonly Uint8Array[];
  readonly byteLength: number;
  readonly contentType: string;
}

/** A message of its JSON, which may be in pieces, and the binary data. */
export function message(json: readonly (string | Uint8Array)[], binary: readonly Uint8Array[]): Message {
  const header = json.map((piece) => (typeof piece === "string" ? encoder.encode(piece) : piece));
  const data = binary.filter((part) => part.length > 0);
  const headerLength = byteLength(header);
  return {
    headerLength: data.length > 0 ? headerLength : undefined,
    parts: [...header, ...data],
    byteLength: headerLength + byteLength(data),
    contentType: data.length > 0 ? "application/octet-stream" : "application/json",
  };
}

const byteLength = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => sum + part.length, 0);

/**
 * Room to receive a body in, placed so that its binary data starts at a multiple of 8 bytes: tensors can then be
 * used where they are.
 */
export function receiveBuffer(byteLength: number, headerLength: number = 0): Uint8Array {
  // A header may say anything, also 1e999.
  const padding = Number.isSafeInteger(headerLength) && headerLength >= 0 ? (8 - (headerLength % 8)) % 8 : 0;
  return new Uint8Array(new ArrayBuffer(padding + byteLength), padding, byteLength);
}
