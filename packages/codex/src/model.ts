import type { SnippetField } from "./field";

/** A model that `execute` can call, described once for every view of the instructions. */
export interface ModelDescription {
  /** Name to pass as `modelName`. */
  readonly name: string;
  /** What the model is for, as the end of the sentence "… segments …"; left out if only its configuration is known. */
  readonly purpose?: string;
  /** The inputs in order: what each is, its axes and dtype. */
  readonly inputs: readonly string[];
  /** The outputs by name: what each is, its axes and dtype. */
  readonly outputs: readonly string[];
  /** How a cell calls it; left out if only its configuration is known. */
  readonly cell?: ModelCell;
}

/** How a cell calls a model for an `image` of axes [y, x]. */
export interface ModelCell {
  /** One expression per input. */
  readonly inputs: readonly string[];
  /** The expression of `results` that gives the [y, x] mask. */
  readonly mask: string;
  /** The values in `inputs` that a person may fill in. */
  readonly fields: readonly SnippetField[];
}

/** The segmentation models of the embedded engine, which BioEngine's Triton servers also serve. */
export const models: readonly ModelDescription[] = [
  {
    name: "cellpose-python",
    purpose: "cells and nuclei of any shape",
    inputs: [
      'image: NdArray [c, y, x], dtype "float32"; a [y, x] image becomes one with `image.expandDims(0).astype("float32")`',
      "parameters: an object; `diameter` is the typical object's in pixels (left out: estimated), `channels` the [cytoplasm, nucleus] channels counted from 1 (default [1, 2]), `flow_threshold`, `cellprob_threshold`, `min_size` and `normalize` tune the masks",
    ],
    outputs: ["mask: NdArray [1, y, x], dtype uint16, 0 = background; use `results.mask.at(0)`"],
    cell: {
      inputs: ['image.expandDims(0).astype("float32")', "{ diameter: 25 }"],
      mask: "results.mask.at(0)",
      fields: [{ label: "Diameter of an object (px)", literal: "25" }],
    },
  },
  {
    name: "stardist",
    purpose: "roundish, crowded objects such as nuclei",
    inputs: [
      'image: NdArray [y, x], dtype "uint16"',
      "parameters: an object, usually `{}`; `prob_thresh` and `nms_thresh` (0 to 1) tune the masks, `scale` resizes the image first (left out: by the objects' size)",
    ],
    outputs: ["mask: NdArray [y, x], dtype uint16, 0 = background; use `results.mask`"],
    cell: { inputs: ['image.astype("uint16")', "{}"], mask: "results.mask", fields: [] },
  },
];

/** A tensor in a model's configuration, with Triton's names. */
export interface ServedTensor {
  readonly name: string;
  /** E.g. `"TYPE_FP32"`. */
  readonly data_type: string;
  /** Length of each axis, -1 if any. */
  readonly dims: readonly number[];
  readonly optional?: boolean;
}

/** What a server says of a model that it serves. */
export interface ServedModel {
  readonly name: string;
  readonly max_batch_size?: number;
  readonly input: readonly ServedTensor[];
  readonly output: readonly ServedTensor[];
}

const dtypes: Readonly<Record<string, string>> = {
  TYPE_FP16: "float16",
  TYPE_BF16: "bfloat16",
  TYPE_FP32: "float32",
  TYPE_FP64: "float64",
  TYPE_STRING: "text or an object",
};

/** `name: dtype [lengths of the axes]`, with the batch axis in front if the model has one. */
function tensorText({ name, data_type, dims, optional }: ServedTensor, isBatched: boolean): string {
  const dtype = dtypes[data_type] ?? data_type.replace(/^TYPE_/, "").toLowerCase();
  const axes = [...(isBatched ? ["batch"] : []), ...dims.map((length) => (length < 0 ? "any" : length))];
  return `${name}: ${dtype} [${axes.join(", ")}]${optional ? ", may be left out" : ""}`;
}

/**
 * A model that a server has: what is known of it, or else what its configuration tells.
 *
 * @example
 * describeServed({ name: "sum", input: [{ name: "a", data_type: "TYPE_FP32", dims: [-1] }], output: [] });
 */
export function describeServed({ name, max_batch_size = 0, input, output }: ServedModel): ModelDescription {
  const known = models.find((model) => model.name === name);
  if (known) return known;
  const texts = (tensors: readonly ServedTensor[]) =>
    tensors.map((tensor) => tensorText(tensor, max_batch_size > 0));
  return { name, inputs: texts(input), outputs: texts(output) };
}
