import { labelColors, PALETTE_SIZE } from "@bioengine/mime";
import type { LabelMap } from "./labelmap";
import type { Tone } from "./tone";
import type { Viewport } from "./viewport";

/** How labels are drawn over the image. */
export type OverlayMode = "fill" | "contours" | "off";

/** What a person chose to see of a scene. */
export interface Look {
  readonly viewport: Viewport;
  readonly mode: OverlayMode;
  /** Of the filled labels, 0 to 1. */
  readonly opacity: number;
  /** Of the image. */
  readonly tone: Tone;
  /** Index of the label under the pointer, 0 = none. */
  readonly hovered: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Width in CSS pixels of the line inside a label's border, and of that inside a selected one's. */
export const CONTOUR_WIDTH = 1.4;
export const SELECTION_WIDTH = 2.4;

/** What the painters draw: a mask, the image below it, and a colour and a selection mark for each label. */
export class Scene {
  /** RGBA for each label index; alpha 255 marks a selected label, 0 another. The scene alone writes it. */
  readonly colors: Uint8Array;
  /** Counts the changes of `colors`. */
  version = 0;
  private selectedIndices: readonly number[] = [];

  /** The scene owns `image` and closes it. */
  constructor(
    readonly map: LabelMap,
    readonly image: ImageBitmap | null,
  ) {
    const { labels } = map;
    const palette = labelColors(PALETTE_SIZE);
    this.colors = new Uint8Array(labels.length * 4);
    for (let index = 1; index < labels.length; index++) {
      const entry = (1 + ((labels[index] - 1) % PALETTE_SIZE)) * 4;
      this.colors.set(palette.subarray(entry, entry + 3), index * 4);
    }
  }

  /** Indices of the selected labels. */
  get selected(): readonly number[] {
    return this.selectedIndices;
  }

  /** Replace the selection. */
  select(indices: readonly number[]): void {
    for (const index of this.selectedIndices) this.colors[index * 4 + 3] = 0;
    for (const index of indices) this.colors[index * 4 + 3] = 255;
    this.selectedIndices = indices;
    this.version++;
  }

  /** The CSS colour of a label index. */
  cssColor(index: number): string {
    return `rgb(${this.colors.subarray(index * 4, index * 4 + 3).join(" ")})`;
  }

  close(): void {
    this.image?.close();
  }
}
