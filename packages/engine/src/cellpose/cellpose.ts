import { NdArray } from "@bioengine/ndarray";
import { type Channel, checkPixels, readRegion, stretched, unstretched } from "../channel";
import { ENOUGH_OBJECTS, medianDiameter, spread } from "../diameter";
import { keepSizes, maximumLabel } from "../extent";
import { LabelCanvas } from "../labelcanvas";
import type { SegmentationOptions } from "../segmentationoptions";
import { type Segmented, toMask } from "../segmented";
import { spanOf } from "../span";
import { type Tile, tilesOf } from "../tile";
import { cellposeFlows } from "./cellposeflows";
import { bundledCellpose, type CellposeModel } from "./cellposemodel";
import { type CellposeParameters, cellposeParameters } from "./cellposeparameters";
import { labelsOfFlows } from "./masksfromflows";

// Nearer to the trained size than this (as a logarithm), and rescaling blurs more than it helps.
const NEAR = 0.1;

type Thresholds = Pick<CellposeParameters, "flowThreshold" | "cellProbabilityThreshold">;

/** With these the median of the areas is nearest to the true one; what the flows don't support is left in. */
const estimateThresholds: Thresholds = { flowThreshold: 0, cellProbabilityThreshold: 0 };

/** A channel by cellpose's numbers; undefined if the image hasn't got it. */
function channel(image: NdArray, number: number, normalize: boolean): Channel | undefined {
  if (number > image.shape[0]) return undefined;
  const plane = number === 0 ? image.mean(0) : image.at(number - 1);
  return normalize ? stretched(plane, 99) : unstretched(plane);
}

function channelsOf(image: NdArray, name: string, { channels, normalize }: CellposeParameters): Channel[] {
  const [first, second] = channels;
  const cytoplasm = channel(image, first, normalize);
  if (cytoplasm === undefined) {
    throw new RangeError(
      `Cannot run ${name}: channels must be within the image's ${image.shape[0]}, got ${JSON.stringify(channels)}`,
    );
  }
  // cellpose counts a nucleus channel of 0 as none.
  const nucleus = second === 0 ? undefined : channel(image, second, normalize);
  return [cytoplasm, nucleus ?? { ...cytoplasm, factor: 0 }];
}

/** Masks of one image or tile at one scale. */
class CellposeRun {
  readonly height: number;
  readonly width: number;
  private styles: Float32Array | undefined;

  constructor(
    private readonly model: CellposeModel,
    private readonly channels: readonly Channel[],
    private readonly parameters: CellposeParameters,
    private readonly options: SegmentationOptions<CellposeModel>,
  ) {
    ({ height: this.height, width: this.width } = channels[0]);
  }

  /** The mean of the tiles' styles, of length 1, as cellpose has it. */
  get style(): NdArray<"float32"> | undefined {
    const { styles } = this;
    if (styles === undefined) return undefined;
    const length = Math.sqrt(styles.reduce((sum, value) => sum + value * value, 0));
    const buffer = styles.map((value) => (length > 0 ? value / length : 0));
    return new NdArray({ dtype: "float32", shape: [buffer.length], buffer });
  }

  private tilesAt(scale: number): Tile[] {
    return tilesOf(this.height, this.width, { scale, side: this.options.tileSide });
  }

  /** Labels of a tile's outer region. */
  private async tile({ outer }: Tile, scale: number, thresholds: Thresholds): Promise<Int32Array> {
    this.options.signal?.throwIfAborted();
    const planes = this.channels.map((plane) => readRegion(plane, outer));
    const { step } = this.model;
    const { minSize } = this.parameters;
    const rows = spanOf(this.height, outer.top, outer.bottom, scale, step);
    const columns = spanOf(this.width, outer.left, outer.right, scale, step);
    const { flows, probability, style } = await cellposeFlows(this.model, planes, rows, columns);
    this.styles = style?.map((value, index) => value + (this.styles?.[index] ?? 0));
    const [{ height, width }] = planes;
    return labelsOfFlows(flows, probability, height, width, { ...thresholds, minSize });
  }

  /** Labels of the whole image, objects of the given diameter brought to the size that the network knows. */
  async masks(diameter: number): Promise<Int32Array> {
    this.styles = undefined;
    const wanted = this.model.diameter / diameter;
    const scale = Math.abs(Math.log(wanted)) < NEAR ? 1 : wanted;
    const tiles = this.tilesAt(scale);
    if (tiles.length === 1) return this.tile(tiles[0], scale, this.parameters);
    const canvas = new LabelCanvas(this.height, this.width);
    for (const [index, tile] of tiles.entries()) {
      this.options.onProgress?.(index, tiles.length);
      const labels = await this.tile(tile, scale, this.parameters);
      canvas.place(labels, tile, maximumLabel(labels));
    }
    this.options.onProgress?.(tiles.length, tiles.length);
    keepSizes(canvas.labels, Math.max(1, this.parameters.minSize));
    return canvas.labels;
  }

  /**
   * Diameter in pixels of the circle with the median area of what is found: without rescaling, or as if objects were as
   * large as those that the model was trained on.
   */
  async estimatedDiameter(): Promise<number> {
    const { diameter, imageDiameter = diameter } = this.model;
    const scale = diameter / imageDiameter;
    const areas: number[] = [];
    for (const tile of spread(this.tilesAt(scale))) {
      const labels = await this.tile(tile, scale, estimateThresholds);
      areas.push(...areasOf(labels));
      if (areas.length >= ENOUGH_OBJECTS) break;
    }
    return medianDiameter(areas, this.model.imageDiameter) ?? imageDiameter;
  }
}

function areasOf(labels: Int32Array): number[] {
  const areas = new Int32Array(maximumLabel(labels) + 1);
  for (const label of labels) areas[label]++;
  return [...areas.subarray(1)];
}

function checkAxes(name: string, image: NdArray): void {
  checkPixels(`run ${name}`, image);
  const [first, , last] = image.shape;
  const colours = image.ndim === 3 && last <= 4 && first > 4;
  if (image.ndim === 3 && !colours) return;
  const advice = colours ? "image.transpose([2, 0, 1])" : "image.expandDims(0)";
  throw new RangeError(
    `Cannot run ${name}: the image must have axes [c, y, x], got shape [${image.shape.join(", ")}]; use ${advice}`,
  );
}

/**
 * Segment cells or nuclei with a network of cellpose's kind. A large image is cut into tiles that overlap; memory
 * beside the image and the mask is that of one tile.
 *
 * @param image `[c, y, x]` float32, any range (normalised by percentiles unless `normalize` is false); not modified
 * @param parameters `diameter` typical diameter in pixels (0, null or left out: estimated), `channels` [cytoplasm,
 *   nucleus] counted from 1, 0 = mean of all (default [1, 2]; a second channel that isn't there counts as empty),
 *   `model_type`, `flow_threshold` 0 to 4, `cellprob_threshold` -20 to 20, `min_size` in pixels, `normalize`
 * @param options.model default: the bundled network, trained on nuclei
 * @param options.onProgress called after each tile of a large image
 * @param options.signal stops between tiles
 * @returns `mask` `[1, y, x]` uint16 (uint32 if there are more than 65535 objects), 0 = background; `info` with count,
 *   diameter used and milliseconds
 * @throws {RangeError} if the axes or a parameter are wrong
 * @example
 * const { mask } = await segmentCellpose(image.expandDims(0).astype("float32"), { diameter: 30 });
 */
export async function segmentCellpose(
  image: NdArray,
  parameters: unknown = {},
  options: SegmentationOptions<CellposeModel> = {},
): Promise<Segmented> {
  const started = performance.now();
  const model = options.model ?? (await bundledCellpose());
  const checked = cellposeParameters(model.name, parameters, options.model === undefined, model.channels);
  checkAxes(model.name, image);
  const run = new CellposeRun(model, channelsOf(image, model.name, checked), checked, options);
  const diameter = checked.diameter ?? (await run.estimatedDiameter());
  const labels = await run.masks(diameter);
  const mask = new NdArray({
    dtype: "int32",
    shape: [1, run.height, run.width],
    buffer: labels,
    role: "labels",
  });
  return {
    mask: toMask(mask),
    ...(run.style && { style: run.style }),
    info: {
      count: maximumLabel(labels),
      diameter,
      diameter_estimated: checked.diameter === undefined,
      milliseconds: Math.round(performance.now() - started),
      ...(options.model === undefined ? bundledInfo(checked.modelType) : {}),
    },
  };
}

/** Which network ran, and a word if another was asked for. */
function bundledInfo(asked: string | undefined): object {
  if (asked === undefined || asked === "nuclei") return { model_type: "nuclei" };
  const warning = `the embedded engine has one network, trained on nuclei; model_type ${asked} ran it`;
  return { model_type: "nuclei", warning };
}
