import type { MimeBundle } from "@bioengine/mime";
import { liveOutput } from "./liveoutput";
import { escapeMarkup } from "./markup";
import { progressTrack, textStyle } from "./progresstrack";

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
  const output = liveOutput<ProgressState>({ text: "" }, (state) => barBundle(title, state), delayMs);
  return {
    update: output.update,
    finish: (text) => output.finish(() => lineBundle(withTitle(title, text))),
  };
}

const withTitle = (title: string, text: string): string => (text === "" ? title : `${title}: ${text}`);

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
  const valueText = [text, percent].filter((part) => part !== "").join(", ");
  return [
    `<div style="${textStyle}; max-width: 32em; box-sizing: border-box; font-variant-numeric: tabular-nums">`,
    '<div style="display: flex; justify-content: space-between; gap: 1em">',
    `<span>${escapeMarkup(withTitle(title, text))}</span><span style="white-space: nowrap">${percent}</span></div>`,
    progressTrack(title, share, valueText),
    "</div>",
  ].join("");
}
