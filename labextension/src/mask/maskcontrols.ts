import { glyphButton, textButton } from "../button";
import { dropdown } from "../dropdown";
import { trans } from "../translation";
import { contrastControls } from "./contrastcontrols";
import type { DragTool, GestureTarget } from "./gestures";
import type { ImageLevels } from "./imagelevels";
import type { MaskExport } from "./maskexport";
import type { OverlayMode } from "./scene";
import { slider } from "./slider";
import { type Alternative, switchOf } from "./switch";
import type { Tone } from "./tone";

/** The choices that the toolbar of a mask offers. */
export interface MaskChoices {
  readonly mode: OverlayMode;
  readonly opacity: number;
  readonly tone: Tone;
  readonly tool: DragTool;
}

/** What the toolbar does. */
export interface MaskActions extends MaskExport, Pick<GestureTarget, "zoom" | "reset"> {
  choose(choices: Partial<MaskChoices>): void;
  /** Gets the position in the list of colourings. */
  colorBy(position: number): void;
  fillScreen(): void;
}

/** The toolbar of a mask. */
export interface MaskControls {
  readonly node: HTMLElement;
  /** Replace the list of colourings. */
  offerColorings(names: readonly string[]): void;
}

const modesOf = (): Alternative<OverlayMode>[] => [
  { value: "fill", label: trans.__("Fill"), title: trans.__("Labels filled, with their contours") },
  { value: "contours", label: trans.__("Contours"), title: trans.__("Contours of the labels only") },
  { value: "off", label: trans.__("Image"), title: trans.__("The image without labels") },
];
const toolsOf = (): Alternative<DragTool>[] => [
  {
    value: "move",
    label: trans.__("Move"),
    title: trans.__("Dragging moves the mask; with Shift it selects in a box"),
  },
  {
    value: "box",
    label: trans.__("Box"),
    title: trans.__("Dragging selects the labels in a box; Shift adds them"),
  },
  {
    value: "lasso",
    label: trans.__("Lasso"),
    title: trans.__("Dragging selects the labels in an outline; Shift adds them"),
  },
];
const ZOOM_STEP = 1.5;

/**
 * The toolbar above a mask: overlay mode, opacity, colouring, selection, contrast, zoom, and pictures.
 *
 * @param start choices to begin with
 * @param levels of the image; without an image there is none to show alone
 * @param colorings what labels can be coloured by, the first to begin with
 */
export function maskControls(
  start: MaskChoices,
  levels: ImageLevels | null,
  colorings: readonly string[],
  actions: MaskActions,
): MaskControls {
  const bar = document.createElement("div");
  bar.className = "be-Mask-controls";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", trans.__("Mask view"));
  const modes = modesOf().filter(({ value }) => levels || value !== "off");
  const coloring = dropdown(
    trans.__("Colour"),
    trans.__("What the colours stand for"),
    colorings,
    actions.colorBy,
  );
  bar.append(
    switchOf(trans.__("Overlay"), modes, start.mode, (mode) => actions.choose({ mode })),
    slider(trans.__("Opacity"), trans.__("Opacity of the labels"), start.opacity, (opacity) =>
      actions.choose({ opacity }),
    ).node,
    coloring.node,
    switchOf(trans.__("Dragging"), toolsOf(), start.tool, (tool) => actions.choose({ tool })),
  );
  const buttons = document.createElement("div");
  buttons.className = "be-Mask-buttons";
  buttons.append(
    glyphButton("minus", trans.__("Zoom out"), () => actions.zoom(1 / ZOOM_STEP)),
    glyphButton("plus", trans.__("Zoom in"), () => actions.zoom(ZOOM_STEP)),
    glyphButton("fit", trans.__("Reset the view"), () => actions.reset()),
    glyphButton("screen", trans.__("Full screen, and back"), () => actions.fillScreen()),
    glyphButton("code", trans.__("Copy the selection as TypeScript"), () => actions.copyCode()),
    glyphButton("copy", trans.__("Copy this picture"), () => actions.copyPicture()),
    glyphButton("download", trans.__("Save this picture as PNG"), () => actions.savePicture()),
    textButton("SVG", trans.__("Save as SVG, labels and legends as shapes"), () => actions.saveDrawing()),
  );
  bar.append(buttons);
  const node = document.createElement("div");
  node.append(bar);
  if (levels) {
    const contrast = contrastControls(levels, (tone) => actions.choose({ tone }));
    contrast.hidden = true;
    const toggle = glyphButton("contrast", trans.__("Contrast of the image"), () => {
      contrast.hidden = !contrast.hidden;
      toggle.setAttribute("aria-pressed", String(!contrast.hidden));
    });
    toggle.setAttribute("aria-pressed", "false");
    buttons.prepend(toggle);
    node.append(contrast);
  }
  return { node, offerColorings: coloring.fill };
}
