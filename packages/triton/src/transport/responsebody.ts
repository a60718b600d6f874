import { headerLengthName, receiveBuffer } from "../message";
import { protocolError, type ResponseHead } from "./responsehead";

/** Takes the bytes of a response's body as they come. */
export interface BodyReader {
  /** Take some; gives how many of them were the body's. */
  take(bytes: Uint8Array): number;
  /** Where the next bytes may be put right away, for `placed`; undefined if there is no such place. */
  place(): Uint8Array | undefined;
  /** Some bytes are there already. */
  placed(count: number): void;
  /** The connection ended. @throws {Error} if the body had not */
  end(): void;
  /** The whole body, once it is there. */
  body(): Uint8Array | undefined;
  /** Number of its bytes, if the head says. */
  readonly total: number | undefined;
}

/** The reader for a response's body, RFC 9112 section 6. */
export function bodyReader(head: ResponseHead): BodyReader {
  if (/chunked/i.test(head.header("Transfer-Encoding") ?? "")) return chunkedReader(head);
  const length = head.header("Content-Length");
  if (head.status === 204 || head.status === 304) return sizedReader(head, 0);
  if (length === undefined) return endlessReader(head);
  if (!/^\d+$/.test(length)) throw protocolError(`Content-Length must be a number, got ${length}`);
  return sizedReader(head, Number(length));
}

const endedEarly = (message: string): Error =>
  Object.assign(new Error(message), { code: "ERR_STREAM_PREMATURE_CLOSE" });

const bufferFor = (head: ResponseHead, length: number): Uint8Array =>
  receiveBuffer(length, Number(head.header(headerLengthName) ?? 0));

function sizedReader(head: ResponseHead, total: number): BodyReader {
  const whole = bufferFor(head, total);
  let position = 0;
  return {
    total,
    take(bytes) {
      const own = bytes.subarray(0, total - position);
      whole.set(own, position);
      position += own.length;
      return own.length;
    },
    place: () => (position < total ? whole.subarray(position) : undefined),
    placed(count) {
      position += count;
    },
    end() {
      if (position < total) throw endedEarly(`${total} bytes were expected, got ${position}`);
    },
    body: () => (position === total ? whole : undefined),
  };
}

/** Bytes whose number shows only at the end. */
function gatherer(head: ResponseHead) {
  const parts: Uint8Array[] = [];
  return {
    // A copy: the connection reads on into the same memory.
    add: (bytes: Uint8Array) => parts.push(new Uint8Array(bytes)),
    joined() {
      const whole = bufferFor(
        head,
        parts.reduce((sum, part) => sum + part.length, 0),
      );
      let position = 0;
      for (const part of parts) {
        whole.set(part, position);
        position += part.length;
      }
      return whole;
    },
  };
}

const nowhere = { place: () => undefined, placed: () => undefined, total: undefined };

function endlessReader(head: ResponseHead): BodyReader {
  const { add, joined } = gatherer(head);
  let ended = false;
  return {
    ...nowhere,
    take(bytes) {
      add(bytes);
      return bytes.length;
    },
    end() {
      ended = true;
    },
    body: () => (ended ? joined() : undefined),
  };
}

function chunkedReader(head: ResponseHead): BodyReader {
  const { add, joined } = gatherer(head);
  let line = "";
  let left = 0;
  let state: "size" | "data" | "break" | "trailer" | "done" = "size";
  const endLine = () => {
    if (state === "size") {
      const [, size] = /^([0-9a-f]{1,12})\s*(?:;.*)?$/i.exec(line) ?? [];
      if (size === undefined)
        throw protocolError(`the size of a chunk was expected, got ${line.slice(0, 80)}`);
      left = Number.parseInt(size, 16);
      state = left === 0 ? "trailer" : "data";
    } else if (state === "break") state = "size";
    else if (line === "") state = "done";
    line = "";
  };
  return {
    ...nowhere,
    take(bytes) {
      let position = 0;
      while (position < bytes.length && state !== "done") {
        if (state === "data") {
          const part = bytes.subarray(position, position + left);
          add(part);
          position += part.length;
          left -= part.length;
          if (left === 0) state = "break";
        } else {
          const character = String.fromCharCode(bytes[position++]);
          if (character === "\n") endLine();
          else if (character !== "\r") line += character;
          if (line.length > 4096) throw protocolError("the size of a chunk was expected, got a long line");
        }
      }
      return position;
    },
    end() {
      if (state !== "done") throw endedEarly("the last chunk was expected, got the end");
    },
    body: () => (state === "done" ? joined() : undefined),
  };
}
