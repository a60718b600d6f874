import { Readable } from "node:stream";
import type { Input } from "./input";

/** How long it waits whether more is read, as a program that has its line stops reading, in ms. */
const PAUSE_MS = 10;

/**
 * What cells read from `process.stdin`, e.g. with `node:readline`: lines that the user types.
 *
 * It asks when somebody reads, one line at a time.
 */
export class UserInput extends Readable {
  readonly #input: Input;
  #isWanted = false;
  #isAsking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(input: Input) {
    super();
    this.#input = input;
  }

  /** Whoever begins to read calls it, also when somebody of an earlier cell still reads. */
  override resume(): this {
    this.#askSoon();
    return super.resume();
  }

  override _read(): void {
    this.#isWanted = true;
    this.#askSoon();
  }

  #askSoon(): void {
    this.#timer ??= setTimeout(() => void this.#ask(), PAUSE_MS).unref();
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    if (!this.#isWanted || this.#isAsking || this.isPaused()) return;
    this.#isAsking = true;
    try {
      const line = await this.#input.askLater("");
      // Undefined: the question was withdrawn with its cell, and whoever reads next asks again.
      if (line !== undefined) {
        this.#isWanted = false;
        this.push(`${line}\n`);
      }
    } catch (error) {
      this.emit("error", error);
    } finally {
      this.#isAsking = false;
    }
  }
}
