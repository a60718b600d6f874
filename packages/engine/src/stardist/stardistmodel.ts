import { bundledNetwork } from "../bundled";
import { stardistDefaults } from "../defaults";
import type { Network } from "../network";

/** A model of StarDist's kind. */
export interface StardistModel {
  /** Names it in errors. */
  readonly name: string;
  /**
   * First input [n, 1, h, w] float32; outputs `probability` [n, 1, h / grid, w / grid], 0 to 1, and `distances`
   * [n, ray, h / grid, w / grid] in pixels.
   */
  readonly network: Network;
  /** Pixels of the image per pixel of the prediction. */
  readonly grid: number;
  /** Pixels of the network per pixel of the image, where the parameters say nothing; undefined: by the objects' size. */
  readonly scale?: number;
  /** h and w are multiples of this. */
  readonly step: number;
  /** Thresholds where the parameters give none. */
  readonly defaults: { readonly prob_thresh: number; readonly nms_thresh: number };
}

/** The model that comes with the library. */
export async function bundledStardist(): Promise<StardistModel> {
  const network = await bundledNetwork("stardist");
  return { name: "stardist", network, grid: 2, step: 16, defaults: stardistDefaults };
}
