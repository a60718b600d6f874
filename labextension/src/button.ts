/** Outlines on a 16 px grid, drawn in the text's colour. */
const GLYPHS = {
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  download: "M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  chart: "M2.5 2.5v11h11M5.5 11V8M8.5 11V4.5M11.5 11V6.5",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  contrast: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11M5.5 4v8M3.5 6v4",
  screen: "M2.5 3h11v8h-11zM5.5 13.5h5",
  rows: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11",
} as const;

/** A small toolbar button with a glyph; `label` is its tooltip and its name for screen readers. */
export function glyphButton(
  glyph: keyof typeof GLYPHS,
  label: string,
  action: () => void,
): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "be-Button";
  button.title = label;
  button.setAttribute("aria-label", label);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", GLYPHS[glyph]);
  svg.append(path);
  button.append(svg);
  button.addEventListener("click", action);
  return button;
}

/** A small toolbar button with a word; `title` explains it. */
export function textButton(text: string, title: string, action: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "be-Button be-mod-text";
  button.title = title;
  button.textContent = text;
  button.addEventListener("click", action);
  return button;
}

/** Save data as a file of the person's computer. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
