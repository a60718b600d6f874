import { linkLabels } from "@bioengine/measure";
import { NdArray, stack } from "@bioengine/ndarray";
import type { CallOptions, TransferProgress } from "@bioengine/triton";
import { execute } from "./execute";
import { executeBatch } from "./executebatch";
import { type Axes, axesOf } from "./imageaxes";
import { modelInput } from "./modelinput";
import type { ModelName } from "./modelname";
import { readable } from "./resulttext";

/** Which model segments the image, with which parameters, and where. */
export interface SegmentOptions extends CallOptions {
  /** URL of a Triton server, or for a stack those of several; default: the embedded engine. */
  serverUrl?: string | readonly string[];
  /** `"cellpose-python"` (default), `"stardist"`, or a model that was trained from one of them. */
  modelName?: ModelName;
  /** The model's own parameters, e.g. `{ diameter: 30 }`. */
  parameters?: Record<string, unknown>;
  /** What the image's axes are; default: `"yx"`, `"yxc"` if the last of three has 1 to 4 values, else `"zyx"`. */
  axes?: Axes;
  /**
   * For a stack: least overlap (intersection over union, above 0 up to 1) by which an object keeps its label from
   * plane to plane, e.g. 0.25. Default: each plane is numbered by itself.
   */
  stitchThreshold?: number;
  /** Called with how far the call is; of a stack, with the planes that are done. */
  onProgress?: (progress: TransferProgress) => void;
}

/** A segmented image. */
export interface Segmentation {
  /**
   * `[y, x]` uint16 (uint32 if there are more than 65535 objects), 0 = background; `[z, y, x]` of a stack. It has the
   * image's pixel size, if that knows one.
   */
  readonly mask: NdArray;
  /** The image that was segmented. */
  readonly image: NdArray;
  readonly modelName: string;
  /** Which server and model made the mask, in how many milliseconds. */
  readonly server: {
    readonly serverUrl: string;
    readonly modelVersion: string;
    readonly milliseconds: number;
  };
}

/** The mask with what the image knows of the axes that they share, and of the pixel size. */
function withAxes(mask: NdArray, image: NdArray): NdArray {
  const shared = image.dimensions?.filter(({ name }) => name !== "C" && name !== "S");
  return shared?.length === mask.ndim ? new NdArray({ ...mask, dimensions: shared }) : mask;
}

const maskOf = (mask: NdArray): NdArray => (mask.ndim === 3 ? mask.at(0) : mask);

/**
 * Segment an image, or each plane of a stack, in one call: gives the model the dtype and axes that it wants.
 *
 * @param image `[y, x]`, `[y, x, c]`, or a stack `[z, y, x]` or `[z, y, x, c]` of planes or frames, any dtype; not
 *   modified
 * @param options.modelName `"cellpose-python"` (default), `"stardist"`, or the id of a model that was trained from one
 * @param options.parameters the model's parameters, e.g. `{ diameter: 30 }` in pixels
 * @param options.stitchThreshold links the labels of a stack's planes, e.g. 0.25
 * @returns the mask, `[y, x]` or `[z, y, x]` uint16; int32 if it was linked
 * @throws {TypeError | RangeError} if the image has other axes, or the model takes other images
 * @example
 * const { mask } = await segment(await imread("nuclei.tif"), { modelName: "stardist" });
 * const volume = await segment(await imread("stack.tif"), { stitchThreshold: 0.25 });
 */
export async function segment(image: NdArray, options: SegmentOptions = {}): Promise<Segmentation> {
  const {
    modelName = "cellpose-python",
    parameters = {},
    axes,
    stitchThreshold,
    serverUrl,
    onProgress,
    ...rest
  } = options;
  const { plane, count } = axesOf(image, axes);
  const url = typeof serverUrl === "object" ? serverUrl[0] : serverUrl;
  const prepared = await modelInput({ ...rest, modelName, serverUrl: url });
  const result = (mask: NdArray, { serverUrl, modelVersion, milliseconds }: Segmentation["server"]) =>
    readable(
      { mask: withAxes(mask, image), image, modelName, server: { serverUrl, modelVersion, milliseconds } },
      `Segmentation by ${modelName} from ${serverUrl} in ${Math.round(milliseconds)} ms`,
      ["mask", "image"],
    );
  if (count === undefined) {
    if (stitchThreshold !== undefined) {
      throw new RangeError(
        `Cannot segment: stitchThreshold needs a stack [z, y, x], got shape [${image.shape.join(", ")}]; leave it out`,
      );
    }
    const inputs = [prepared(image, plane), parameters];
    const results = await execute({ ...rest, inputs, modelName, serverUrl: url, onProgress });
    return result(maskOf(results.mask), results.__info__);
  }
  const started = performance.now();
  const batches = Array.from({ length: count }, (_, z) => [prepared(image.at(z), plane), parameters]);
  const onBatchEnd = (start: number, group: readonly unknown[]) =>
    onProgress?.({ phase: "running", loaded: start + group.length, total: count });
  const planes = await executeBatch({ ...rest, batches, modelName, serverUrl, batchSize: 2, onBatchEnd });
  const masks = stack(planes.map(({ mask }) => maskOf(mask)));
  const mask = stitchThreshold === undefined ? masks : linkLabels(masks, { threshold: stitchThreshold });
  return result(mask, { ...planes[0].__info__, milliseconds: Math.round(performance.now() - started) });
}
