import { StringDecoder } from "node:string_decoder";
import { encodeBundle } from "./bundle";
import { type Publication, type Report, type StreamName, sizeOf } from "./exchange";
import type { SharedMemory } from "./sharedmemory";
import type { StreamLimit } from "./streamlimit";

/** Carries what cells put out to the protocol thread. */
export class Output {
  readonly #report: (report: Report) => void;
  readonly #memory: SharedMemory;
  readonly #limit: StreamLimit;
  /** The request that output belongs to: the latest cell's, also when the output comes after its end. */
  request = -1;

  constructor(report: (report: Report) => void, memory: SharedMemory, limit: StreamLimit) {
    this.#report = report;
    this.#memory = memory;
    this.#limit = limit;
  }

  /** A cell begins: what is put out from now on belongs to its request. */
  begin(request: number): void {
    this.request = request;
    this.#limit.reset();
  }

  /** The cell has ended: if its text was too long, say how much is missing, and show how it ends. */
  end(): void {
    const summary = this.#limit.summary();
    if (!summary) return;
    this.#send("stderr", summary.notice);
    this.#send("stdout", summary.end);
  }

  publish(publication: Publication): void {
    this.#memory.addBacklog(sizeOf(publication));
    this.#report({ kind: "publish", request: this.request, ...publication });
  }

  /** Show or update a display, as tslab's `lastWriteDisplayData` does. */
  display(content: { data: object; metadata?: object; transient?: object }, isUpdate?: boolean): void {
    const { data, metadata = {}, transient = {} } = content;
    const type = isUpdate ? "update_display_data" : "display_data";
    this.publish({ type, content: JSON.stringify({ data: encodeBundle(data), metadata, transient }) });
  }

  /** Remove what the cell has shown; with `wait` only when something else comes. */
  clear(wait: boolean): void {
    this.publish({ type: "clear_output", content: JSON.stringify({ wait }) });
    this.#limit.reset();
  }

  write(name: StreamName, text: string): void {
    const wasExceeded = this.#limit.isExceeded;
    this.#send(name, this.#limit.admit(text));
    if (this.#limit.isExceeded && !wasExceeded) this.#send("stderr", this.#limit.warning);
  }

  #send(name: StreamName, text: string): void {
    if (text === "") return;
    this.#memory.addBacklog(text.length);
    this.#report({ kind: "stream", request: this.request, name, text });
  }

  /** Take over what the process writes to `stdout` and `stderr`. */
  capture(): void {
    for (const name of ["stdout", "stderr"] as const) {
      const stream = process[name];
      // A kernel may run in a terminal, but its cells write to a notebook: no colours.
      stream.isTTY = false;
      stream.write = this.writer(name);
    }
  }

  /** What writes to a stream of the cell; each call's is for one source, whose characters may be cut between writes. */
  writer(name: StreamName): typeof process.stdout.write {
    const decoder = new StringDecoder("utf8");
    type Callback = (error?: Error | null) => void;
    return (
      chunk: Uint8Array | string,
      encoding?: BufferEncoding | Callback,
      callback?: Callback,
    ): boolean => {
      const isText = typeof chunk === "string";
      const bytes = isText && typeof encoding === "string" ? Buffer.from(chunk, encoding) : chunk;
      this.write(name, typeof bytes === "string" ? bytes : decoder.write(Buffer.from(bytes)));
      const done = typeof encoding === "function" ? encoding : callback;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
