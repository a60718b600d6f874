import type { StreamName } from "./exchange";

/** How long text waits for more of its kind, in ms. */
const PAUSE_MS = 15;
const LARGEST_TEXT = 100_000;

/** A piece of a cell's text output. */
export interface StreamText {
  readonly request: number;
  readonly name: StreamName;
  readonly text: string;
}

/** Joins small writes into few messages, in order. */
export class StreamBuffer {
  readonly #publish: (text: StreamText) => void;
  #first: StreamText | undefined;
  #parts: string[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(publish: (text: StreamText) => void) {
    this.#publish = publish;
  }

  write(text: StreamText): void {
    if (this.#first?.request !== text.request || this.#first.name !== text.name) this.flush();
    this.#first ??= text;
    this.#parts.push(text.text);
    this.#size += text.text.length;
    if (this.#size >= LARGEST_TEXT) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  /** Publish what waits; whatever must come after it is sent after this. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#first) this.#publish({ ...this.#first, text: this.#parts.join("") });
    this.#first = undefined;
    this.#parts = [];
    this.#size = 0;
  }
}
