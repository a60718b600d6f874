import { NdArray } from "@bioengine/ndarray";
import { stardistDefaults } from "./defaults";
import { maximumLabel } from "./extent";
import { labelsFromStarDist } from "./labelsfromstardist";
import { runNetwork } from "./network";
import { checkParameters, numberFrom, type ParameterRule } from "./parameters";
import { normalize, pad } from "./plane";
import { type Segmented, toUint16 } from "./segmented";

const rules: Record<string, ParameterRule> = { prob_thresh: numberFrom(0, 1), nms_thresh: numberFrom(0, 1) };

/** The network predicts one pixel for 2 × 2 of the image. */
const GRID = 2;

/**
 * Segment roundish objects with the bundled StarDist-style network.
 *
 * @param image `[y, x]`, any dtype and range (normalised by percentiles); not modified
 * @param parameters `prob_thresh` and `nms_thresh`, both 0 to 1
 * @returns `mask` `[y, x]` uint16, 0 = background; `info` with count and milliseconds
 * @throws {RangeError} if the axes or a parameter are wrong, or there are more than 65535 objects
 * @example
 * const { mask } = await segmentStardist(image, { prob_thresh: 0.5 });
 */
export async function segmentStardist(image: NdArray, parameters: unknown = {}): Promise<Segmented> {
  const given = checkParameters("stardist", parameters, rules);
  if (image.ndim !== 2 || image.size === 0) {
    throw new RangeError(
      `Cannot run stardist: the image must have axes [y, x], got shape [${image.shape.join(", ")}]; take one plane: image.at(0)`,
    );
  }
  const started = performance.now();
  const [height, width] = image.shape;
  const plane = normalize({ data: image.astype("float32").data, height, width }, 99.8);
  const { probability, distances } = await runNetwork("stardist", [pad(plane, 8)]);
  const array = ({ data, channels, height, width }: typeof distances): NdArray =>
    new NdArray({ dtype: "float32", shape: [channels, height, width], buffer: data });
  const option = (name: keyof typeof stardistDefaults): number =>
    Number(given[name] ?? stardistDefaults[name]);
  const labels = labelsFromStarDist(array(probability).at(0), array(distances).transpose([1, 2, 0]), {
    grid: GRID,
    probabilityThreshold: option("prob_thresh"),
    nmsThreshold: option("nms_thresh"),
    shape: [height, width],
  });
  return {
    mask: toUint16(labels, "stardist"),
    info: { count: maximumLabel(labels.data), milliseconds: Math.round(performance.now() - started) },
  };
}
