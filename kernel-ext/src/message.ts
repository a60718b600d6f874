import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** The content of a message: a JSON object. */
export type Content = Readonly<Record<string, unknown>>;

/** The header of a message; a client's goes back to it whole, as the parent of what it caused. */
export interface Header extends Content {
  readonly msg_id: string;
  readonly msg_type: string;
}

/** Whether messages of a type are those of a comm. */
export const isOfComm = (type: string): boolean => /^comm_(open|msg|close)$/.test(type);

/** A message that came from a client. */
export interface Message {
  /** ZeroMQ's route back to the client. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** The header of the message that it answers; empty if it answers none. */
  readonly parent: Content;
  readonly metadata: Content;
  readonly content: Content;
  /** What came beside the JSON; each has its memory to itself. */
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

/** A message to send: its content is JSON already. */
export interface Draft {
  /** Its own id, for who waits for the answer. */
  readonly id?: string;
  /** Where it goes: the client's identities, or the topic on iopub. */
  readonly route: readonly (Uint8Array | string)[];
  readonly type: string;
  /** The request that caused it, if one did. */
  readonly parent: Header | undefined;
  /** JSON as well; default: empty. */
  readonly metadata?: string | undefined;
  readonly content: string;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** How messages are signed: the secret (empty: not at all) and the digest. */
export interface Signing {
  readonly key: string;
  readonly digest: string;
}

/** Version of Jupyter's messaging protocol that the kernel speaks. */
export const PROTOCOL_VERSION = "5.4";

const delimiter = Buffer.from("<IDS|MSG>");
const session: string = randomUUID();

/**
 * Read a message as it came over ZeroMQ.
 *
 * @throws {TypeError} if it is no message, or its signature is wrong
 */
export function decodeMessage(frames: readonly Uint8Array[], signing: Signing): Message {
  const start = frames.findIndex((frame) => delimiter.equals(frame));
  // Buffers come after the four parts, and aren't signed.
  const [signature, ...parts] = start < 0 ? [] : frames.slice(start + 1, start + 6);
  if (signature === undefined || parts.length < 4) {
    throw new TypeError(
      `Cannot read the message: it must have a delimiter, a signature and 4 parts, got ${frames.length} frames`,
    );
  }
  const wanted = Buffer.from(sign(parts, signing));
  if (signing.key !== "" && (signature.length !== wanted.length || !timingSafeEqual(signature, wanted))) {
    throw new TypeError(
      "Cannot read the message: it must be signed with this kernel's key, got another signature",
    );
  }
  const [header, parent, metadata, content] = parts.map((part): unknown =>
    JSON.parse(Buffer.from(part).toString()),
  );
  if (!isHeader(header)) {
    throw new TypeError("Cannot read the message: its header must have msg_id and msg_type, got none");
  }
  const object = (name: string, value: unknown): Content => {
    if (isObject(value)) return value;
    throw new TypeError(`Cannot read the message: its ${name} must be an object, got ${value}`);
  };
  return {
    identities: frames.slice(0, start),
    header,
    parent: object("parent header", parent ?? {}),
    metadata: object("metadata", metadata ?? {}),
    content: object("content", content),
    buffers: frames.slice(start + 6).map((frame) => new Uint8Array(frame)),
  };
}

/** Write a message as it goes over ZeroMQ. */
export function encodeMessage(draft: Draft, signing: Signing): (Uint8Array | string)[] {
  const header: Header = {
    msg_id: draft.id ?? randomUUID(),
    msg_type: draft.type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  const parts = [
    JSON.stringify(header),
    JSON.stringify(draft.parent ?? {}),
    draft.metadata ?? "{}",
    draft.content,
  ];
  return [...draft.route, delimiter, sign(parts, signing), ...parts, ...(draft.buffers ?? [])];
}

function sign(parts: readonly (Uint8Array | string)[], { key, digest }: Signing): string {
  if (key === "") return "";
  const mac = createHmac(digest, key);
  for (const part of parts) mac.update(part);
  return mac.digest("hex");
}

const isObject = (value: unknown): value is Content =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isHeader = (value: unknown): value is Header =>
  isObject(value) && typeof value.msg_id === "string" && typeof value.msg_type === "string";
