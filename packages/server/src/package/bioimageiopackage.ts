import { createHash } from "node:crypto";
import { checkBioimageioNetwork, loadNetwork, readBioimageioModel, runBioimageio } from "@bioengine/engine";
import type { NdArray } from "@bioengine/ndarray";
import { stringify } from "yaml";
import { writeNpy } from "./npy";
import { writeTiff } from "./tiff";
import { writeZip } from "./zipwriter";

/** A network after its training, with what a description of it needs. */
export interface TrainedNetwork {
  readonly kind: "cellpose" | "stardist";
  /** The model's id, e.g. "102" or "membranes". */
  readonly id: string;
  /** The ONNX file, of the bundled network's architecture. */
  readonly onnx: Uint8Array;
  /** Object diameter in pixels that the network works at, e.g. 17. */
  readonly diameter: number;
  /** Count of images that it was trained with. */
  readonly images: number;
  readonly iterations: number;
  /** When the training ended. */
  readonly trainedAt: Date;
  /**
   * `[c, y, x]` for the package's test, of any dtype: a crop of an image as it was before it was normalised, at the
   * network's object size; c is 2 (cytoplasm, nucleus or zeros) for cellpose and 1 for StarDist, y and x are multiples
   * of 16, e.g. 128.
   */
  readonly testImage: NdArray;
}

/** An output as the description has it. */
interface Output {
  readonly id: string;
  readonly description: string;
  readonly channels: readonly string[];
  /** Pixels of the image per pixel of the output. */
  readonly grid: number;
  readonly range: readonly [number | null, number | null];
}

/** What is true of all networks of a kind. */
interface Kind {
  readonly title: string;
  readonly channels: readonly string[];
  readonly images: string;
  /** The percentile of a channel that the network takes as 1; 1 is the one that it takes as 0. */
  readonly upper: number;
  readonly outputs: readonly Output[];
  readonly masks: string;
  readonly paper: { readonly text: string; readonly doi: string };
}

const step = 16;

// Of the bundled networks, see packages/engine/training/export.py.
const opsetVersion = 17;

const kinds: Record<TrainedNetwork["kind"], Kind> = {
  cellpose: {
    title: "Cellpose",
    channels: ["cytoplasm", "nucleus"],
    images: "cytoplasm and nucleus; zeros for a nucleus channel that isn't there",
    upper: 99,
    outputs: [
      {
        id: "flows",
        description: "five times the flow along y and x, and the logit of being in a cell",
        channels: ["flow_y", "flow_x", "cell_logit"],
        grid: 1,
        range: [null, null],
      },
    ],
    masks: "Masks: follow the flows to where they meet, as `compute_masks` of `cellpose.dynamics` does.",
    paper: {
      text: "Stringer, Wang, Michaelos and Pachitariu: Cellpose: a generalist algorithm for cellular segmentation. Nature Methods 2021",
      doi: "10.1038/s41592-020-01018-x",
    },
  },
  stardist: {
    title: "StarDist",
    channels: ["intensity"],
    images: "one channel",
    upper: 99.8,
    outputs: [
      {
        id: "probability",
        description: "of being at the centre of an object",
        channels: ["probability"],
        grid: 2,
        range: [0, 1],
      },
      {
        id: "distances",
        description:
          "to the outline in pixels of the image; ray k of 32 is at k/32 of a turn, from x towards y",
        channels: Array.from({ length: 32 }, (_, ray) => `ray_${ray}`),
        grid: 2,
        range: [0, null],
      },
    ],
    masks:
      "Masks: keep the likeliest polygons that don't overlap and fill them, as `non_maximum_suppression` and `polygons_to_label` of `stardist` do.",
    paper: {
      text: "Schmidt, Weigert, Broaddus and Myers: Cell Detection with Star-Convex Polygons. MICCAI 2018",
      doi: "10.1007/978-3-030-00934-2_30",
    },
  },
};

function readmeOf({ kind, id, diameter, images, iterations }: TrainedNetwork): string {
  const { title, images: channels, upper, outputs, masks } = kinds[kind];
  return `# ${title} network ${id}

A small U-Net that bioengine trained to segment objects, with ${images} images and ${iterations} iterations.

## Input

\`image\` [batch, channel, y, x] float32, raw: ${channels}. Rescale the image so that its objects are about ${diameter} pixels in diameter. The pre-processing of rdf.yaml then brings the percentiles 1 and ${upper} of each channel to 0 and 1. The network takes sides that are multiples of ${step}.

## Output

${outputs.map((output) => `- \`${output.id}\`, for each ${output.grid === 1 ? "pixel" : `${output.grid} × ${output.grid} pixels`} of the image: ${output.description}`).join("\n")}

${masks}

## Validation

The test tensors show that the network computes what it computed where it was trained, not how well it segments. To know that, segment images that it wasn't trained on and compare the masks with ones drawn by hand, for instance by the share of objects whose overlap (intersection over union) is at least 0.5.

## Before it is published

Put those who trained it, and a maintainer, into rdf.yaml, and check the licence there.
`;
}

const batch = { type: "batch" };
const sides = ["y", "x"] as const;

function outputOf({ id, description, channels, grid, range }: Output): object {
  return {
    id,
    description,
    axes: [
      batch,
      { type: "channel", channel_names: channels },
      ...sides.map((side) => ({
        ...{ type: "space", id: side, scale: grid },
        size: { tensor_id: "image", axis_id: side },
      })),
    ],
    data: { type: "float32", range },
    test_tensor: { source: `test_output_${id}.npy` },
    sample_tensor: { source: `sample_output_${id}.tif` },
  };
}

/** The content of rdf.yaml. https://bioimage-io.github.io/spec-bioimage-io */
function descriptionOf(trained: TrainedNetwork): object {
  const { kind, id, onnx, diameter, images, iterations, trainedAt } = trained;
  const { title, channels, upper, outputs, paper } = kinds[kind];
  const percentiles = { axes: sides, min_percentile: 1, max_percentile: upper };
  return {
    type: "model",
    format_version: "0.5.12",
    name: `${title} network ${id.replace(/[^\w+\- ()]/g, "-")}`,
    description: `A small U-Net of ${title}'s kind, trained by bioengine to segment objects of about ${diameter} pixels in diameter in 2-D images.`,
    authors: [{ name: "bioengine" }],
    cite: [paper],
    license: "MIT",
    tags: ["segmentation", "instance-segmentation", "cells", "2d", "unet", kind, "bioengine"],
    timestamp: trainedAt.toISOString(),
    documentation: { source: "README.md" },
    inputs: [
      {
        id: "image",
        axes: [
          batch,
          { type: "channel", channel_names: channels },
          ...sides.map((side) => ({ type: "space", id: side, size: { min: step, step } })),
        ],
        data: { type: "float32" },
        preprocessing: [{ id: "scale_range", kwargs: percentiles }],
        test_tensor: { source: "test_input.npy" },
        sample_tensor: { source: "sample_input.tif" },
      },
    ],
    outputs: outputs.map(outputOf),
    weights: {
      onnx: {
        source: "weights.onnx",
        sha256: createHash("sha256").update(onnx).digest("hex"),
        opset_version: opsetVersion,
      },
    },
    config: { bioengine: { kind, diameter, images, iterations } },
  };
}

/** Name of the package's file, e.g. `cellpose-bioimageio-membranes.zip`. */
export function bioimageioPackageName({ kind, id }: Pick<TrainedNetwork, "kind" | "id">): string {
  return `${kind}-bioimageio-${id}.zip`;
}

/**
 * A zip file with a trained network as bioimage.io's format 0.5 wants it, which this server, too, runs from its model
 * repository. Its test outputs are what the engine computes for the test image by the description. The same network
 * gives the same bytes.
 *
 * @param trained not modified
 * @throws {TypeError} if the ONNX file hasn't the inputs and outputs of its kind
 * @example
 * writeFileSync(join(folder, bioimageioPackageName(trained)), await bioimageioPackage(trained));
 */
export async function bioimageioPackage(trained: TrainedNetwork): Promise<Uint8Array> {
  const description = descriptionOf(trained);
  const image = trained.testImage.astype("float32");
  const files = new Map<string, Uint8Array>([
    ["rdf.yaml", Buffer.from(stringify(description, { aliasDuplicateObjects: false }))],
    ["README.md", Buffer.from(readmeOf(trained))],
    ["weights.onnx", trained.onnx],
    ["test_input.npy", writeNpy(image.expandDims(0))],
    ["sample_input.tif", writeTiff(image)],
  ]);
  const model = readBioimageioModel(description);
  const network = await loadNetwork(trained.onnx);
  try {
    checkBioimageioNetwork(model, network);
    const results = await runBioimageio(trained.id, model, network, [image.expandDims(0)]);
    for (const [index, { id }] of model.outputs.entries()) {
      const output = results[index].astype("float32");
      files.set(`test_output_${id}.npy`, writeNpy(output));
      files.set(`sample_output_${id}.tif`, writeTiff(output.at(0)));
    }
  } finally {
    await network.close();
  }
  return writeZip(files);
}
