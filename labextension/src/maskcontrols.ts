import { glyphButton } from "./button";
import type { GestureTarget } from "./gestures";
import type { OverlayMode } from "./scene";

/** The choices that the toolbar of a mask offers. */
export interface MaskChoices {
  readonly mode: OverlayMode;
  readonly opacity: number;
  readonly brightness: number;
}

/** What the toolbar does. */
export interface MaskActions extends Pick<GestureTarget, "zoom" | "reset"> {
  choose(choices: MaskChoices): void;
  savePicture(): void;
}

const MODES: readonly { mode: OverlayMode; label: string; title: string }[] = [
  { mode: "fill", label: "Fill", title: "Labels filled, with their contours" },
  { mode: "contours", label: "Contours", title: "Contours of the labels only" },
  { mode: "off", label: "Image", title: "The image without labels" },
];
const ZOOM_STEP = 1.5;
let groups = 0;

/**
 * The toolbar above a mask: overlay mode, opacity, brightness, zoom, and saving the picture.
 *
 * @param start choices to begin with
 * @param hasImage without an image there is none to show alone or to brighten
 */
export function maskControls(start: MaskChoices, hasImage: boolean, actions: MaskActions): HTMLElement {
  let choices = start;
  const change = (part: Partial<MaskChoices>) => {
    choices = { ...choices, ...part };
    actions.choose(choices);
  };
  const bar = document.createElement("div");
  bar.className = "be-Mask-controls";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Mask view");
  bar.append(
    modeSwitch(hasImage ? MODES : MODES.filter(({ mode }) => mode !== "off"), start.mode, (mode) =>
      change({ mode }),
    ),
    slider("Opacity", "Opacity of the labels", start.opacity, (opacity) => change({ opacity })),
  );
  if (hasImage) {
    // Halfway is the image as it is; the ends are a quarter and eight times its brightness.
    const toFactor = (value: number) => 2 ** (value < 0.5 ? (value - 0.5) * 4 : (value - 0.5) * 6);
    bar.append(
      slider("Brightness", "Brightness of the image", 0.5, (value) =>
        change({ brightness: toFactor(value) }),
      ),
    );
  }
  const buttons = document.createElement("div");
  buttons.className = "be-Mask-buttons";
  buttons.append(
    glyphButton("minus", "Zoom out", () => actions.zoom(1 / ZOOM_STEP)),
    glyphButton("plus", "Zoom in", () => actions.zoom(ZOOM_STEP)),
    glyphButton("fit", "Reset the view", () => actions.reset()),
    glyphButton("download", "Save this picture as PNG", () => actions.savePicture()),
  );
  bar.append(buttons);
  return bar;
}

function modeSwitch(
  modes: typeof MODES,
  start: OverlayMode,
  choose: (mode: OverlayMode) => void,
): HTMLElement {
  const group = document.createElement("div");
  group.className = "be-Switch";
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", "Overlay");
  const name = `be-overlay-${groups++}`;
  for (const { mode, label, title } of modes) {
    const choice = document.createElement("label");
    choice.title = title;
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name, value: mode, checked: mode === start });
    input.addEventListener("change", () => choose(mode));
    const text = document.createElement("span");
    text.textContent = label;
    choice.append(input, text);
    group.append(choice);
  }
  return group;
}

function slider(label: string, title: string, start: number, choose: (value: number) => void): HTMLElement {
  const wrapper = document.createElement("label");
  wrapper.className = "be-Slider";
  wrapper.title = title;
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: "0", max: "100", value: String(Math.round(start * 100)) });
  input.setAttribute("aria-label", title);
  input.addEventListener("input", () => choose(input.valueAsNumber / 100));
  wrapper.append(label, input);
  return wrapper;
}
