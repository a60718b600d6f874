import type { MimeBundle } from "@bioengine/mime";
import { displayPlace } from "./kernel";
import { escapeMarkup } from "./markup";

/** What a bar shows now. */
export interface ProgressState {
  /** What is going on, e.g. `sending 37 MB of 50 MB`. */
  readonly text: string;
  /** Share that is done, 0 to 1; undefined if unknown: the bar then shows activity only. */
  readonly fraction?: number;
}

/** A bar that shows how far some work is. */
export interface ProgressBar {
  /** Show another state; it may be called as often as it changes. */
  update(state: ProgressState): void;
  /** Replace the bar by one quiet line: how the work ended. Later calls do nothing. */
  finish(text: string): void;
}

/** Where bundles are shown, each in the place of the one before. */
type Screen = (bundle: MimeBundle, isLast: boolean) => void;

/** Least time between two states that are shown, in ms. */
const intervalMs = 200;

/**
 * Show how far some work is, in the running cell and in one place, which stays the same after the cell's end.
 *
 * Work that ends early shows nothing. Outside of a notebook it writes nothing either, or, if stderr is a terminal, one
 * line that rewrites itself.
 *
 * @param title what is done, e.g. `execute cellpose-python`
 * @param options.delayMs how long the work must last before the bar appears, default 1000
 * @example
 * const bar = progressBar("count cells");
 * for (const [done, path] of paths.entries()) {
 *   bar.update({ text: path, fraction: done / paths.length });
 *   await countCells(path);
 * }
 * bar.finish(`${paths.length} images`);
 */
export function progressBar(title: string, options: { delayMs?: number } = {}): ProgressBar {
  const { delayMs = 1000 } = options;
  const screen: Screen | undefined = displayPlace() ?? terminalLine();
  let state: ProgressState = { text: "" };
  let hasAppeared = false;
  let isFinished = screen === undefined;
  let nextMs = performance.now() + delayMs;
  let timer: NodeJS.Timeout | undefined;

  function write(bundle: MimeBundle, isLast: boolean): void {
    clearTimeout(timer);
    timer = undefined;
    hasAppeared = true;
    nextMs = performance.now() + intervalMs;
    try {
      screen?.(bundle, isLast);
    } catch {
      // The work matters, and a bar that cannot be shown is no reason to end it.
    }
  }

  function schedule(): void {
    const waitMs = Math.max(0, nextMs - performance.now());
    // A finished program does not stay for its bar.
    timer ??= setTimeout(() => write(barBundle(title, state), false), waitMs).unref();
  }

  if (!isFinished) schedule();
  return {
    update(newState) {
      if (isFinished) return;
      state = newState;
      // At once where it is time: the work may leave no turn to timers.
      if (performance.now() >= nextMs) write(barBundle(title, state), false);
      else schedule();
    },
    finish(text) {
      clearTimeout(timer);
      if (!isFinished && hasAppeared) write(lineBundle(withTitle(title, text)), true);
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

const withTitle = (title: string, text: string): string => (text === "" ? title : `${title}: ${text}`);

// JupyterLab's own colours, in its light and dark themes alike; elsewhere ones that fit any background.
const textStyle = [
  "color: var(--jp-ui-font-color2, inherit)",
  "font: var(--jp-ui-font-size1, 13px)/1.5 var(--jp-ui-font-family, system-ui, sans-serif)",
  // That of JupyterLab's text outputs.
  "padding: 2px 8px",
].join("; ");
const track = "background: var(--jp-layout-color2, rgba(128, 128, 128, 0.3))";
const colour = "var(--jp-brand-color1, #1e88e5)";

function lineBundle(line: string): MimeBundle {
  const html = `<div style="${textStyle}">${escapeMarkup(line)}</div>`;
  return { data: { "text/html": html, "text/plain": line }, metadata: {} };
}

function barBundle(title: string, { text, fraction }: ProgressState): MimeBundle {
  const share = fraction === undefined || Number.isNaN(fraction) ? undefined : clamp(fraction);
  const percent = share === undefined ? "" : `${Math.round(100 * share)} %`;
  const line = withTitle(title, text);
  return {
    data: {
      "text/html": barHtml(title, text, share, percent),
      "text/plain": percent ? `${line}, ${percent}` : line,
    },
    metadata: {},
  };
}

const clamp = (fraction: number): number => Math.min(1, Math.max(0, fraction));

function barHtml(title: string, text: string, share: number | undefined, percent: string): string {
  const label = escapeMarkup(title);
  const value = share === undefined ? "" : ` aria-valuenow="${Math.round(100 * share)}"`;
  const valueText = escapeMarkup([text, percent].filter((part) => part !== "").join(", "));
  const said = valueText === "" ? "" : ` aria-valuetext="${valueText}"`;
  return [
    `<div style="${textStyle}; max-width: 32em; box-sizing: border-box; font-variant-numeric: tabular-nums">`,
    '<div style="display: flex; justify-content: space-between; gap: 1em">',
    `<span>${escapeMarkup(withTitle(title, text))}</span><span style="white-space: nowrap">${percent}</span></div>`,
    `<div role="progressbar" aria-label="${label}" aria-valuemin="0" aria-valuemax="100"${value}${said}`,
    ` style="${track}; height: 4px; margin: 3px 0; border-radius: 2px; overflow: hidden">`,
    share === undefined
      ? activity
      : `<div style="background: ${colour}; height: 100%; width: ${(100 * share).toFixed(1)}%"></div>`,
    "</div></div>",
  ].join("");
}

// Moves by itself: inline styles know no keyframes.
const activity = [
  '<svg width="100%" height="4" style="display: block" aria-hidden="true">',
  `<rect width="30%" height="4" rx="2" style="fill: ${colour}">`,
  '<animate attributeName="x" values="-30%;100%" dur="1.6s" repeatCount="indefinite"/></rect></svg>',
].join("");
