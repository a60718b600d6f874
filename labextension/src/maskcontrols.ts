import { glyphButton } from "./button";
import { contrastControls } from "./contrastcontrols";
import type { GestureTarget } from "./gestures";
import type { ImageLevels } from "./imagelevels";
import type { OverlayMode } from "./scene";
import { slider } from "./slider";
import { type Alternative, switchOf } from "./switch";
import type { Tone } from "./tone";

/** The choices that the toolbar of a mask offers. */
export interface MaskChoices {
  readonly mode: OverlayMode;
  readonly opacity: number;
  readonly tone: Tone;
}

/** What the toolbar does. */
export interface MaskActions extends Pick<GestureTarget, "zoom" | "reset"> {
  choose(choices: Partial<MaskChoices>): void;
  savePicture(): void;
}

const MODES: readonly Alternative<OverlayMode>[] = [
  { value: "fill", label: "Fill", title: "Labels filled, with their contours" },
  { value: "contours", label: "Contours", title: "Contours of the labels only" },
  { value: "off", label: "Image", title: "The image without labels" },
];
const ZOOM_STEP = 1.5;

/**
 * The toolbar above a mask: overlay mode, opacity, contrast, zoom, and saving the picture.
 *
 * @param start choices to begin with
 * @param levels of the image; without an image there is none to show alone
 */
export function maskControls(
  start: MaskChoices,
  levels: ImageLevels | null,
  actions: MaskActions,
): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "be-Mask-controls";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Mask view");
  const modes = levels ? MODES : MODES.filter(({ value }) => value !== "off");
  bar.append(
    switchOf("Overlay", modes, start.mode, (mode) => actions.choose({ mode })),
    slider("Opacity", "Opacity of the labels", start.opacity, (opacity) => actions.choose({ opacity })).node,
  );
  const buttons = document.createElement("div");
  buttons.className = "be-Mask-buttons";
  buttons.append(
    glyphButton("minus", "Zoom out", () => actions.zoom(1 / ZOOM_STEP)),
    glyphButton("plus", "Zoom in", () => actions.zoom(ZOOM_STEP)),
    glyphButton("fit", "Reset the view", () => actions.reset()),
    glyphButton("download", "Save this picture as PNG", () => actions.savePicture()),
  );
  bar.append(buttons);
  if (!levels) return bar;

  const contrast = contrastControls(levels, (tone) => actions.choose({ tone }));
  contrast.hidden = true;
  const toggle = glyphButton("contrast", "Contrast of the image", () => {
    contrast.hidden = !contrast.hidden;
    toggle.setAttribute("aria-pressed", String(!contrast.hidden));
  });
  toggle.setAttribute("aria-pressed", "false");
  buttons.prepend(toggle);
  const rows = document.createElement("div");
  rows.append(bar, contrast);
  return rows;
}
