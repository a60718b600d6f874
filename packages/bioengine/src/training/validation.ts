import { matching } from "@bioengine/measure";
import type { NdArray } from "@bioengine/ndarray";
import type { ModelSample } from "./samples";

/**
 * How well a model finds the objects of annotated images: F1 at an intersection over union of 0.5, over the objects of
 * all images.
 *
 * @param predict gives the mask `[y, x]` of an image `[y, x, 3]`
 */
export async function scoreOf(
  samples: readonly ModelSample[],
  predict: (image: NdArray) => Promise<NdArray>,
): Promise<number> {
  let [hits, errors] = [0, 0];
  for (const { image, labels } of samples) {
    const found = matching(labels.squeeze(2), await predict(image));
    hits += found.truePositives;
    errors += found.falsePositives + found.falseNegatives;
  }
  return (2 * hits) / (2 * hits + errors);
}
