import { type Color, labelColors, PALETTE_SIZE } from "@bioengine/mime";
import type { Viewport } from "../viewport";
import type { LabelMap } from "./labelmap";
import type { Tone } from "./tone";

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
  /** Whether another picture follows at once, as while the mask moves: edges need not be smooth. */
  readonly isDraft: boolean;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Width in CSS pixels of the line inside a label's border, and of that inside a selected one's. */
export const CONTOUR_WIDTH = 1.4;
export const SELECTION_WIDTH = 2.4;

const PALETTE = labelColors(PALETTE_SIZE);

/** Another mask, whose contours are drawn over the labels. */
export interface Contours {
  readonly map: LabelMap;
  /** RGBA for each of its label indices. */
  readonly colors: Uint8Array;
}

/** What the painters draw: a mask, the image below it, and a colour and a selection mark for each label. */
export class Scene {
  /** RGBA for each label index; alpha 255 marks a selected label, 0 another. The scene alone writes it. */
  readonly colors: Uint8Array;
  /** Counts the changes of `colors`. */
  version = 0;
  private selectedIndices: readonly number[] = [];

  /** Below the shown plane. */
  image: ImageBitmap | null = null;

  /** Whether the contours show. */
  showsContours = false;

  /**
   * @param images of the map's planes, or none; the scene owns and closes them
   * @param contours of the map's size, or none
   */
  constructor(
    readonly map: LabelMap,
    private images: readonly ImageBitmap[],
    readonly contours: Contours | null = null,
  ) {
    this.showPlane(map.planes >> 1);
    this.colors = new Uint8Array(map.labels.length * 4);
    this.recolor(this.labelColor);
  }

  /** Draw another plane of a stack; painters must forget the one before. */
  showPlane(plane: number): void {
    this.map.showPlane(plane);
    this.contours?.map.showPlane(plane);
    this.image = this.images[plane] ?? null;
  }

  /** Indices of the selected labels. */
  get selected(): readonly number[] {
    return this.selectedIndices;
  }

  /** The colour that a label index has by its label, the same in every picture. */
  readonly labelColor = (index: number): Color => {
    const entry = (1 + ((this.map.labels[index] - 1) % PALETTE_SIZE)) * 4;
    return [PALETTE[entry], PALETTE[entry + 1], PALETTE[entry + 2]];
  };

  /** Give every label index another colour. */
  recolor(colorOf: (index: number) => Color): void {
    for (let index = 1; index < this.map.labels.length; index++) this.colors.set(colorOf(index), index * 4);
    this.version++;
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

  /** Replace the images of the planes, by none to free their memory; painters must forget the scene. */
  replaceImages(images: readonly ImageBitmap[]): void {
    this.close();
    this.images = images;
    this.image = images[this.map.plane] ?? null;
  }

  close(): void {
    for (const image of this.images) image.close();
  }
}
