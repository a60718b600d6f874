import { NdArray } from "@bioengine/ndarray";
import { cellposeDefaults, cellposeDiameter } from "./defaults";
import { extentsOf, maximumLabel } from "./extent";
import { masksFromFlows } from "./masksfromflows";
import { runNetwork } from "./network";
import { checkParameters, numberFrom, type ParameterRule } from "./parameters";
import { crop, normalize, type Plane, pad, resize } from "./plane";
import { type Segmented, toUint16 } from "./segmented";

const rules: Record<string, ParameterRule> = {
  diameter: numberFrom(0, 10000),
  channels: {
    accepts: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((channel) => Number.isInteger(channel) && channel >= 0),
    requirement: "two channel numbers, [cytoplasm, nucleus], 0 = the mean of all, 1 = the first",
  },
  flow_threshold: numberFrom(0, 4),
  cellprob_threshold: numberFrom(-20, 20),
  min_size: numberFrom(-1, 1e9),
  normalize: { accepts: (value) => typeof value === "boolean", requirement: "true or false" },
};

// Farther from the trained size than this, and rescaling helps more than it blurs.
const NEAR = 0.1;
const [SMALLEST_DIAMETER, LARGEST_DIAMETER] = [6, 80];

/** A channel by cellpose's numbers; undefined if the image hasn't got it. */
function channel(image: NdArray, number: number): Plane | undefined {
  const [count = 0, height = 0, width = 0] = image.shape;
  if (number > count) return undefined;
  const plane = number === 0 ? image.mean(0) : image.at(number - 1);
  return { data: plane.astype("float32").data, height, width };
}

/** Run the network with objects scaled to the size it was trained for; the outputs have the image's own size. */
async function predict(
  planes: readonly Plane[],
  scale: number,
): Promise<{ flows: Float32Array; probability: Float32Array }> {
  const [{ height, width }] = planes;
  const [scaledHeight, scaledWidth] = [height, width].map((side) => Math.max(8, Math.round(side * scale)));
  const scaled = planes.map((plane) => pad(resize(plane, scaledHeight, scaledWidth), 8));
  const { flows } = await runNetwork("cellpose", scaled);
  const size = flows.height * flows.width;
  const [y, x, probability] = [0, 1, 2].map((index) => {
    const plane = {
      data: flows.data.subarray(index * size, (index + 1) * size),
      height: flows.height,
      width: flows.width,
    };
    return resize(crop(plane, scaledHeight, scaledWidth), height, width).data;
  });
  const vectors = new Float32Array(2 * height * width);
  vectors.set(y);
  vectors.set(x, y.length);
  return { flows: vectors, probability };
}

/** Diameter of the circle with the labels' median area; undefined if there are none. */
function medianDiameter(mask: NdArray<"int32">): number | undefined {
  const [height, width] = mask.shape;
  const areas = extentsOf(mask.data, height, width, maximumLabel(mask.data)).area.slice(1).sort();
  if (areas.length === 0) return undefined;
  const middle = areas.length >> 1;
  const median = areas.length % 2 ? areas[middle] : (areas[middle - 1] + areas[middle]) / 2;
  return Math.sqrt((4 * median) / Math.PI);
}

/**
 * Segment cells or nuclei with the bundled cellpose-style network.
 *
 * @param image `[c, y, x]` float32, any range (normalised by percentiles unless `normalize` is false); not modified
 * @param parameters `diameter` typical diameter in pixels (0, null or left out: estimated), `channels` [cytoplasm,
 *   nucleus] counted from 1, 0 = mean of all (default [1, 2]; a second channel that isn't there counts as empty),
 *   `flow_threshold` 0 to 4, `cellprob_threshold` -20 to 20, `min_size` in pixels, `normalize`
 * @returns `mask` `[1, y, x]` uint16, 0 = background; `info` with count, diameter used and milliseconds
 * @throws {RangeError} if the axes or a parameter are wrong, or there are more than 65535 objects
 * @example
 * const { mask } = await segmentCellpose(image.expandDims(0).astype("float32"), { diameter: 30 });
 */
export async function segmentCellpose(image: NdArray, parameters: unknown = {}): Promise<Segmented> {
  const given = checkParameters("cellpose-python", parameters, rules);
  if (image.ndim !== 3 || image.size === 0) {
    throw new RangeError(
      `Cannot run cellpose-python: the image must have axes [c, y, x], got shape [${image.shape.join(", ")}]; use image.expandDims(0)`,
    );
  }
  const started = performance.now();
  const [first, second] = Array.isArray(given.channels) ? given.channels : [1, 2];
  const cytoplasm = channel(image, first);
  if (cytoplasm === undefined) {
    throw new RangeError(
      `Cannot run cellpose-python: channels must be within the image's ${image.shape[0]}, got ${JSON.stringify(given.channels)}`,
    );
  }
  const { height, width } = cytoplasm;
  // cellpose counts a nucleus channel of 0 as none.
  const nucleus = second === 0 ? undefined : channel(image, second);
  const empty = { data: new Float32Array(height * width), height, width };
  const planes = [cytoplasm, nucleus ?? empty].map((plane) =>
    given.normalize === false ? plane : normalize(plane, 99),
  );

  const option = (name: keyof typeof cellposeDefaults): number =>
    Number(given[name] ?? cellposeDefaults[name]);
  const run = async (diameter: number | undefined, flowThreshold: number): Promise<NdArray<"int32">> => {
    const scale = diameter === undefined ? 1 : cellposeDiameter / diameter;
    const { flows, probability } = await predict(planes, Math.abs(Math.log(scale)) < NEAR ? 1 : scale);
    return masksFromFlows(
      new NdArray({ dtype: "float32", shape: [2, height, width], buffer: flows }),
      new NdArray({ dtype: "float32", shape: [height, width], buffer: probability }),
      { flowThreshold, cellProbabilityThreshold: option("cellprob_threshold"), minSize: option("min_size") },
    );
  };
  let diameter = Number(given.diameter ?? 0);
  const estimated = diameter === 0;
  if (estimated) {
    const guess = medianDiameter(await run(undefined, 0)) ?? cellposeDiameter;
    diameter = Math.min(Math.max(guess, SMALLEST_DIAMETER), LARGEST_DIAMETER);
  }
  const mask = await run(diameter, option("flow_threshold"));
  const count = maximumLabel(mask.data);
  return {
    mask: toUint16(mask, "cellpose-python").expandDims(0),
    info: {
      count,
      diameter,
      diameter_estimated: estimated,
      milliseconds: Math.round(performance.now() - started),
    },
  };
}
