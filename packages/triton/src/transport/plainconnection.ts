import { connect, type Socket } from "node:net";
import { meter } from "./meter";
import { pieces } from "./piece";
import { type BodyReader, bodyReader } from "./responsebody";
import { headEnd, parseHead, protocolError, type ResponseHead } from "./responsehead";
import { BrokenResponse, type TransportRequest, type TransportResponse } from "./transport";

const scratchSize = 2 ** 16;

/** An exchange that runs. */
interface Running {
  readonly request: TransportRequest;
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (reason: unknown) => void;
  head?: ResponseHead;
  reader?: BodyReader;
  count?: (bytes: number) => void;
  isSent: boolean;
}

/**
 * One HTTP/1.1 connection without encryption, for one exchange after the other.
 *
 * The body of an answer is read by the system right into the memory where it stays: node:http makes a buffer for each
 * 64 KB, which has to be copied, and collected. That, and one write for head and body, makes an exchange of 3 MB a
 * quarter faster.
 */
export class PlainConnection {
  /** When it may no longer be used, as the server says, in ms of `performance.now()`. */
  expiresMs: number = Number.POSITIVE_INFINITY;
  private readonly socket: Socket;
  private readonly scratch: Buffer = Buffer.allocUnsafeSlow(scratchSize);
  private gathered: Buffer = Buffer.alloc(0);
  private running: Running | undefined;

  /** @param onClose called when it can't be used any more */
  constructor(host: string, port: number, onClose: () => void) {
    this.socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      onread: {
        buffer: () => this.running?.reader?.place() ?? this.scratch,
        callback: (count, bytes) => {
          this.read(count, bytes);
          return true;
        },
      },
    });
    this.socket.on("error", (error) => this.fail(error));
    this.socket.on("end", () => this.end());
    this.socket.on("close", () => {
      this.fail(Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" }));
      onClose();
    });
  }

  /** Whether it is open, and no exchange runs. */
  get isFree(): boolean {
    return !this.socket.destroyed && this.running === undefined;
  }

  /** Close it. */
  close(): void {
    this.socket.destroy();
  }

  /**
   * Send a request and take the answer.
   *
   * @param head its lines, up to the empty one
   */
  exchange(head: string, request: TransportRequest): Promise<TransportResponse> {
    const { signal } = request;
    this.socket.ref();
    return new Promise<TransportResponse>((resolve, reject) => {
      const abort = () => {
        this.fail(signal.reason);
        this.socket.destroy();
      };
      signal.addEventListener("abort", abort, { once: true });
      const settled = () => signal.removeEventListener("abort", abort);
      this.running = {
        request,
        isSent: false,
        resolve(response) {
          settled();
          resolve(response);
        },
        reject(reason) {
          settled();
          reject(reason);
        },
      };
      this.send(head, this.running);
    });
  }

  private async send(head: string, running: Running): Promise<void> {
    const { body, onProgress } = running.request;
    const write = (bytes: string | Uint8Array) =>
      new Promise<void>((resolve) => this.socket.write(bytes, "latin1", () => resolve()));
    // Head, JSON and the first piece leave together.
    this.socket.cork();
    let written = write(head);
    let size = 0;
    for (const piece of body ? pieces(body, onProgress) : []) {
      if (size >= scratchSize) {
        this.socket.uncork();
        await written;
        if (this.running !== running) return;
      }
      size += piece.length;
      written = write(piece);
    }
    this.socket.uncork();
    await written;
    running.isSent = true;
  }

  private read(count: number, bytes: Uint8Array): void {
    const { running } = this;
    if (!running) return void this.socket.destroy();
    try {
      if (!running.reader) this.readHead(running, bytes.subarray(0, count));
      else if (bytes.buffer === this.scratch.buffer) this.readBody(running, bytes.subarray(0, count));
      else {
        running.reader.placed(count);
        running.count?.(count);
      }
      this.finish(running);
    } catch (error) {
      this.fail(error);
      this.socket.destroy();
    }
  }

  private readHead(running: Running, bytes: Uint8Array): void {
    this.gathered = Buffer.concat([this.gathered, bytes]);
    const end = headEnd(this.gathered);
    if (end < 0) {
      if (this.gathered.length > scratchSize) throw protocolError("its head has no end");
      return;
    }
    const rest = this.gathered.subarray(end);
    const head = parseHead(this.gathered.subarray(0, end));
    this.gathered = Buffer.alloc(0);
    if (head.status < 200) {
      this.readHead(running, rest);
      return;
    }
    running.head = head;
    running.reader = bodyReader(head);
    running.count = meter("receiving", running.reader.total, running.request.onProgress);
    if (rest.length > 0) this.readBody(running, rest);
  }

  private readBody(running: Running, bytes: Uint8Array): void {
    const count = running.reader?.take(bytes) ?? 0;
    running.count?.(count);
    if (count < bytes.length) throw protocolError("there is more than the body");
  }

  private finish(running: Running): void {
    const { head, reader, request, isSent, resolve } = running;
    const body = reader?.body();
    if (!head || !reader || !body) return;
    this.running = undefined;
    if (reader.total === undefined) {
      request.onProgress?.({ phase: "receiving", loaded: body.length, total: body.length });
    }
    // What refused a request before it had all of it may take the rest for the next one.
    if (!head.keepsAlive || (!isSent && request.body)) this.socket.destroy();
    const [, seconds] = /timeout=(\d+)/i.exec(head.header("Keep-Alive") ?? "") ?? [];
    if (seconds !== undefined) this.expiresMs = performance.now() + Number(seconds) * 1000 - 1000;
    this.socket.unref();
    resolve({ status: head.status, header: head.header, body });
  }

  private end(): void {
    const { running } = this;
    if (!running?.reader) return;
    try {
      running.reader.end();
      this.finish(running);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    const { signal } = running.request;
    const broken = running.head !== undefined && !signal.aborted;
    running.reject(broken ? new BrokenResponse(error) : error);
  }
}
