import type { SnippetField } from "./field";

/** A model that `execute` can call, described once for every view of the instructions. */
export interface ModelDescription {
  /** Name to pass as `modelName`. */
  readonly name: string;
  /** What the model is for, as the end of the sentence "… segments …". */
  readonly purpose: string;
  /** The inputs in order: what each is, its axes and dtype. */
  readonly inputs: readonly string[];
  /** The outputs by name: what each is, its axes and dtype. */
  readonly outputs: readonly string[];
  /** One expression per input, for an `image` of axes [y, x]. */
  readonly call: readonly string[];
  /** The expression of `results` that gives the [y, x] mask. */
  readonly mask: string;
  /** The values in `call` that a person may fill in. */
  readonly fields: readonly SnippetField[];
}

/** The segmentation models of the embedded engine, which BioEngine's Triton servers also serve. */
export const models: readonly ModelDescription[] = [
  {
    name: "cellpose-python",
    purpose: "cells and nuclei of any shape",
    inputs: [
      'image: NdArray with axes [c, y, x], dtype "float32"; a [y, x] image becomes one with `image.expandDims(0).astype("float32")`',
      "parameters: an object; `diameter` is the typical object diameter in pixels (left out: estimated from the image), `channels` the [cytoplasm, nucleus] channels counted from 1 (default [1, 2]), `flow_threshold`, `cellprob_threshold`, `min_size` and `normalize` tune the masks",
    ],
    outputs: ["mask: NdArray with axes [1, y, x], dtype uint16, 0 = background; use `results.mask.at(0)`"],
    call: ['image.expandDims(0).astype("float32")', "{ diameter: 25 }"],
    mask: "results.mask.at(0)",
    fields: [{ label: "Diameter of an object (px)", literal: "25" }],
  },
  {
    name: "stardist",
    purpose: "roundish, crowded objects such as nuclei",
    inputs: [
      'image: NdArray with axes [y, x], dtype "uint16"',
      "parameters: an object, usually `{}`; `prob_thresh` and `nms_thresh` (both 0 to 1) tune the masks, `scale` resizes the image first (left out: by the objects' size)",
    ],
    outputs: ["mask: NdArray with axes [y, x], dtype uint16, 0 = background; use `results.mask`"],
    call: ['image.astype("uint16")', "{}"],
    mask: "results.mask",
    fields: [],
  },
];
