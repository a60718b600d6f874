import type { NdArray } from "@bioengine/ndarray";
import type { CallOptions } from "@bioengine/triton";
import { execute } from "./execute";

/** Which model segments the image, with which parameters, and where. */
export interface SegmentOptions extends CallOptions {
  /** URL of a Triton server; default: the embedded engine. */
  serverUrl?: string;
  /** `"cellpose-python"` (default) or `"stardist"`. */
  modelName?: string;
  /** The model's own parameters, e.g. `{ diameter: 30 }`. */
  parameters?: Record<string, unknown>;
}

/** A segmented image. */
export interface Segmentation {
  /** `[y, x]` uint16, 0 = background. */
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

const prepare: Record<string, (image: NdArray) => NdArray> = {
  "cellpose-python": (image) =>
    (image.ndim === 2 ? image.expandDims(0) : image.transpose([2, 0, 1])).astype("float32"),
  // Floats are stretched: as they are, an image of 0 to 1 would become all zeros.
  stardist(image) {
    const gray = image.ndim === 2 ? image : image.mean(2);
    if (gray.dtype === "uint8" || gray.dtype === "uint16") return gray.astype("uint16");
    const low = Number(gray.min());
    const range = Number(gray.max()) - low;
    return gray
      .astype("float64")
      .subtract(low)
      .multiply(range > 0 ? 65535 / range : 0)
      .astype("uint16");
  },
};

/**
 * Segment an image in one call: gives the model the dtype and axes that it wants.
 *
 * @param image `[y, x]` or `[y, x, c]`, any dtype; not modified
 * @param options.modelName `"cellpose-python"` (default) or `"stardist"`
 * @param options.parameters the model's parameters, e.g. `{ diameter: 30 }` in pixels
 * @returns the mask, `[y, x]` uint16
 * @throws {TypeError | RangeError} if the image has other axes, or the model is not one of the two
 * @example
 * const { mask } = await segment(await imread("nuclei.tif"), { modelName: "stardist" });
 */
export async function segment(image: NdArray, options: SegmentOptions = {}): Promise<Segmentation> {
  const { modelName = "cellpose-python", parameters = {}, ...rest } = options;
  const prepared = prepare[modelName];
  if (prepared === undefined) {
    const known = Object.keys(prepare).join(" or ");
    throw new RangeError(
      `Cannot segment: modelName must be ${known}, got ${modelName}; call other models with execute`,
    );
  }
  if (image.ndim !== 2 && image.ndim !== 3) {
    throw new RangeError(
      `Cannot segment: the image must have axes [y, x] or [y, x, c], got shape [${image.shape.join(", ")}]; take one plane: image.at(0)`,
    );
  }
  const results = await execute({ ...rest, inputs: [prepared(image), parameters], modelName });
  const mask = results.mask.ndim === 3 ? results.mask.at(0) : results.mask;
  const { serverUrl, modelVersion, milliseconds } = results.__info__;
  return { mask, image, modelName, server: { serverUrl, modelVersion, milliseconds } };
}
