import type { Bins } from "./histogram";
import { escapeMarkup } from "./markup";
import { numberText } from "./numberText";
import { ticks } from "./ticks";

const width = 480;
const height = 300;
const right = 16;
const bottom = 48;
const barColour = "#4c78a8";

/** A histogram as SVG, for front ends without Vega. */
export function histogramSvg({ edges, counts }: Bins, xLabel: string, title?: string): string {
  const top = title ? 36 : 16;
  const yTicks = ticks(0, Math.max(1, ...counts), 5, true);
  const yMax = yTicks.at(-1)!;
  const left = 34 + 7 * numberText(yMax).length;
  const low = edges[0]!;
  const high = edges.at(-1)!;
  const x = (value: number) => round(left + ((value - low) / (high - low)) * (width - left - right));
  const y = (value: number) => round(height - bottom - (value / yMax) * (height - top - bottom));
  const middle = round((left + width - right) / 2);

  const grid = yTicks.flatMap((tick) => [
    `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${tick === 0 ? "#888" : "#e4e4e4"}"/>`,
    `<text x="${left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${numberText(tick)}</text>`,
  ]);
  const bars = counts.map((count, i) => {
    const start = x(edges[i]!);
    const end = x(edges[i + 1]!);
    // A gap of one pixel between bars that are wide enough.
    const gap = end - start > 4 ? 0.5 : 0;
    return (
      `<rect x="${round(start + gap)}" y="${y(count)}" width="${round(end - start - 2 * gap)}" ` +
      `height="${round(y(0) - y(count))}" fill="${barColour}"/>`
    );
  });
  const axis = ticks(low, high, 7, false).flatMap((tick) => [
    `<line x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(0) + 4}" stroke="#888"/>`,
    `<text x="${x(tick)}" y="${y(0) + 17}" text-anchor="middle">${numberText(tick)}</text>`,
  ]);
  const heading = title
    ? [
        `<text x="${middle}" y="20" text-anchor="middle" font-size="14" font-weight="600">${escapeMarkup(title)}</text>`,
      ]
    : [];
  const label = escapeMarkup(title ?? `Histogram of ${xLabel}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `role="img" aria-label="${label}" font-family="Helvetica, Arial, sans-serif" font-size="11" fill="#333">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...heading,
    ...grid,
    ...bars,
    ...axis,
    `<text x="${middle}" y="${height - 10}" text-anchor="middle" font-size="12">${escapeMarkup(xLabel)}</text>`,
    `<text transform="translate(14 ${round((top + height - bottom) / 2)}) rotate(-90)" text-anchor="middle" ` +
      `font-size="12">count</text>`,
    "</svg>",
  ].join("\n");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
