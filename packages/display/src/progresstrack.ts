import { escapeMarkup } from "./markup";

// JupyterLab's own colours, in its light and dark themes alike; elsewhere ones that fit any background.
/** Inline style of what the notebook says by the way, such as how far some work is. */
export const textStyle: string = [
  "color: var(--jp-ui-font-color2, inherit)",
  "font: var(--jp-ui-font-size1, 13px)/1.5 var(--jp-ui-font-family, system-ui, sans-serif)",
  // That of JupyterLab's text outputs.
  "padding: 2px 8px",
].join("; ");
const track = "background: var(--jp-layout-color2, rgba(128, 128, 128, 0.3))";
const colour = "var(--jp-brand-color1, #1e88e5)";

/**
 * A slim bar as HTML.
 *
 * @param label what goes on, for screen readers
 * @param share 0 to 1; undefined for activity only
 * @param valueText what screen readers say of the share; `""` for its percentage
 */
export function progressTrack(label: string, share: number | undefined, valueText: string): string {
  const value = share === undefined ? "" : ` aria-valuenow="${Math.round(100 * share)}"`;
  const said = valueText === "" ? "" : ` aria-valuetext="${escapeMarkup(valueText)}"`;
  return [
    `<div role="progressbar" aria-label="${escapeMarkup(label)}" aria-valuemin="0" aria-valuemax="100"${value}${said}`,
    ` style="${track}; height: 4px; margin: 3px 0; border-radius: 2px; overflow: hidden">`,
    share === undefined
      ? activity
      : `<div style="background: ${colour}; height: 100%; width: ${(100 * share).toFixed(1)}%"></div>`,
    "</div>",
  ].join("");
}

// A piece that runs along the track; where a person wants less motion, dashes that rest.
const activity = [
  "<style>@keyframes bioengine-activity { from { transform: translateX(-100%) } to { transform: translateX(334%) } }",
  `.bioengine-activity { height: 100%; background: repeating-linear-gradient(90deg, ${colour} 0 8px, transparent 8px 16px) }`,
  "@media (prefers-reduced-motion: no-preference) { .bioengine-activity {",
  `width: 30%; background: ${colour}; border-radius: 2px; animation: bioengine-activity 1.6s linear infinite`,
  '} }</style><div class="bioengine-activity"></div>',
].join("\n");
