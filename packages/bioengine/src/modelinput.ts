import type { NdArray } from "@bioengine/ndarray";
import { type ConfigOptions, getConfig } from "./execute";
import type { PlaneAxes } from "./imageaxes";

/** Brings a plane into the dtype and axes that a model wants. */
export type Prepare = (plane: NdArray, axes: PlaneAxes) => NdArray;

const prepare: Readonly<Record<string, Prepare>> = {
  "cellpose-python": (plane, axes) =>
    (axes === "yx" ? plane.expandDims(0) : plane.transpose([2, 0, 1])).astype("float32"),
  // Floats are stretched: as they are, an image of 0 to 1 would become all zeros.
  stardist(plane, axes) {
    const gray = axes === "yx" ? plane : plane.mean(2);
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

/** Whose images a model takes, by the type and the number of axes of its first input: a trained model those of its kin. */
const kinOf: Readonly<Record<string, string>> = {
  "TYPE_FP32 3": "cellpose-python",
  "TYPE_UINT16 2": "stardist",
};

/**
 * How an image becomes the input of a model. Of one that was trained, or that somebody else serves, its configuration
 * tells.
 *
 * @throws {RangeError} if the model takes other images, or gives no mask
 * @throws {Error} if the server can't be reached or has no such model
 */
export async function modelInput(options: ConfigOptions): Promise<Prepare> {
  const { modelName } = options;
  const known = prepare[modelName];
  if (known) return known;
  const { input, output } = await getConfig(options);
  const [image] = input;
  const kin = kinOf[`${image?.data_type} ${image?.dims.length}`];
  if (kin === undefined || !output.some(({ name }) => name === "mask")) {
    throw new RangeError(
      `Cannot segment: modelName must be ${Object.keys(prepare).join(", ")} or a model that was trained from one of them, got ${modelName}; call other models with execute`,
    );
  }
  return prepare[kin];
}
