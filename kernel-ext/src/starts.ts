import type { Header } from "./message";

/** A cell that waits until no interrupt is on its way. */
interface Start {
  isInterrupted: boolean;
}

/**
 * Cells that came and have not started, which an interrupt stops as well: whoever sent one knows no more than that it
 * was sent.
 */
export class Starts {
  readonly #waiting = new Set<Start>();
  /** The interrupt that came last, if nothing ran then. */
  #early: Header | undefined;

  /**
   * Let a cell wait for its start.
   *
   * @param header of the cell's request
   * @param settled until no interrupt is on its way
   * @returns whether the cell was interrupted meanwhile, or before it came
   */
  async wait(header: Header, settled: Promise<void>): Promise<boolean> {
    const start: Start = { isInterrupted: this.#isOvertaken(header) };
    this.#waiting.add(start);
    await settled;
    this.#waiting.delete(start);
    return start.isInterrupted;
  }

  /**
   * Interrupt what waits.
   *
   * @param header of the request; undefined for a signal
   * @param isIdle whether no cell runs or waits, as far as is known
   */
  interrupt(header: Header | undefined, isIdle: boolean): void {
    for (const start of this.#waiting) start.isInterrupted = true;
    this.#early = isIdle ? header : undefined;
  }

  /** Whether an interrupt that the same client sent after a cell came before it: each has a socket of its own. */
  #isOvertaken({ session, date }: Header): boolean {
    const early = this.#early;
    return early !== undefined && early.session === session && String(date) < String(early.date);
  }
}
