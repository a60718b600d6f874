import type { MimeBundle } from "@bioengine/mime";
import { displayPlace } from "./kernel";

/** What shows one bundle after the other, each in the place of the one before. */
export interface LiveOutput<State> {
  /** Show another state; it may be called as often as it changes. */
  update(state: State): void;
  /** Show for good what `draw` draws, if anything was shown before. Later calls do nothing. */
  finish(draw: () => MimeBundle): void;
}

/** Where bundles are shown, each in the place of the one before. */
type Screen = (bundle: MimeBundle, isLast: boolean) => void;

/** Least time between two states that are shown, in ms. */
const intervalMs = 200;

/**
 * Show states as they change, five a second at most, in the running cell and in one place, which stays the same after
 * the cell's end. Outside of a notebook it writes nothing, or, if stderr is a terminal, one line that rewrites itself.
 *
 * @param first what is shown first, by itself, `delayMs` from now unless it is updated before
 * @param draw bundle of a state; called only for those that are shown
 */
export function liveOutput<State>(
  first: State,
  draw: (state: State) => MimeBundle,
  delayMs: number,
): LiveOutput<State> {
  const screen: Screen | undefined = displayPlace() ?? terminalLine();
  let state = first;
  let hasAppeared = false;
  let isFinished = screen === undefined;
  let nextMs = performance.now() + delayMs;
  let timer: NodeJS.Timeout | undefined;

  function write(drawn: () => MimeBundle, isLast: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    hasAppeared = true;
    nextMs = performance.now() + intervalMs;
    try {
      screen?.(drawn(), isLast);
    } catch {
      // The work matters, and an output that cannot be shown is no reason to end it.
    }
  }

  function schedule(): void {
    const waitMs = Math.max(0, nextMs - performance.now());
    // A finished program does not stay for its output.
    timer ??= setTimeout(() => write(() => draw(state), false), waitMs).unref();
  }

  if (!isFinished) schedule();
  return {
    update(newState) {
      if (isFinished) return;
      state = newState;
      // At once where it is time: the work may leave no turn to timers.
      if (performance.now() >= nextMs) write(() => draw(state), false);
      else schedule();
    },
    finish(drawLast) {
      clearTimeout(timer);
      if (!isFinished && hasAppeared) write(drawLast, true);
      isFinished = true;
    },
  };
}

/** The terminal's current line; undefined if stderr is none. */
function terminalLine(): Screen | undefined {
  const { stderr } = process;
  if (!stderr.isTTY) return undefined;
  return ({ data }, isLast) => {
    const line = String(data["text/plain"]).replace(/\s+/g, " ");
    // A line that the terminal wraps could not be erased.
    const shown = isLast ? `${line}\n` : line.slice(0, Math.max(0, (stderr.columns || 80) - 1));
    stderr.write(`\r\x1b[K${shown}`);
  };
}
