import { NdArray } from "@bioengine/ndarray";
import { type Channel, checkPixels, readRegion, stretched } from "../channel";
import { stardistDiameter } from "../defaults";
import { ENOUGH_OBJECTS, medianDiameter, spread } from "../diameter";
import { keepSizes } from "../extent";
import { checkParameters, numberFrom, type ParameterRule } from "../parameters";
import { pad } from "../plane";
import { runOnPlanes } from "../planesrun";
import type { SegmentationOptions } from "../segmentationoptions";
import { type Segmented, toMask } from "../segmented";
import { type Span, spanOf, toNetwork } from "../span";
import { type Tile, tilesOf } from "../tile";
import { paintObjects } from "./painting";
import { bundledStardist, type StardistModel } from "./stardistmodel";
import { candidatesOf, joinObjects, pickObjects, type Region, type StarObjects } from "./starobjects";
import { suppress } from "./suppression";

const rules: Record<string, ParameterRule> = {
  prob_thresh: numberFrom(0, 1),
  nms_thresh: numberFrom(0, 1),
  scale: numberFrom(0, 16),
};

/** Objects of these diameters, in pixels, the bundled network finds as they are. */
const [SMALL, LARGE] = [14, 44];

/** Pixels within a polygon. */
function areasOf({ count, rays, distances }: StarObjects): number[] {
  const sector = Math.sin((2 * Math.PI) / rays) / 2;
  return Array.from({ length: count }, (_, object) => {
    let sum = 0;
    for (let ray = 0, before = rays - 1; ray < rays; before = ray++)
      sum += distances[object * rays + before] * distances[object * rays + ray];
    return sum * sector;
  });
}

function within(objects: StarObjects, { top, left, bottom, right }: Region): StarObjects {
  const inside = Int32Array.from({ length: objects.count }, (_, object) => object).filter((object) => {
    const [y, x] = [objects.y[object], objects.x[object]];
    return y >= top && y < bottom && x >= left && x < right;
  });
  return pickObjects(objects, inside);
}

/** Where the network's first pixel of a span lies in the image; centres of pixels keep their places. */
const imagePosition = ({ length, scaledLength, scaledStart }: Span): number =>
  ((scaledStart + 0.5) * length) / scaledLength - 0.5;

/** Objects of one image at one scale. */
class StardistRun {
  /** What was found in a small image without rescaling. */
  private native: StarObjects | undefined;

  constructor(
    private readonly model: StardistModel,
    private readonly channel: Channel,
    private readonly thresholds: StardistModel["defaults"],
    private readonly options: SegmentationOptions<StardistModel>,
  ) {}

  /** Objects whose centres lie in a tile's core. */
  private async tile({ core, outer }: Tile, scale: number): Promise<StarObjects> {
    this.options.signal?.throwIfAborted();
    const { network, grid, step } = this.model;
    const { height, width } = this.channel;
    const vertical = spanOf(height, outer.top, outer.bottom, scale, step);
    const horizontal = spanOf(width, outer.left, outer.right, scale, step);
    const plane = toNetwork(readRegion(this.channel, outer), vertical, horizontal);
    const { probability, distances } = await runOnPlanes(network, [pad(plane, step)]);
    const [, rays, rows, columns] = distances.shape;
    const objects = candidatesOf(probability.astype("float32").data, distances.astype("float32").data, {
      ...{ rows, columns, rays, grid, scale: height / vertical.scaledLength, region: outer },
      probabilityThreshold: this.thresholds.prob_thresh,
      offsetY: imagePosition(vertical),
      offsetX: imagePosition(horizontal),
    });
    return within(suppress(objects, this.thresholds.nms_thresh), core);
  }

  private tilesAt(scale: number): Tile[] {
    const { height, width } = this.channel;
    return tilesOf(height, width, { scale, side: this.options.tileSide });
  }

  /** Objects of the whole image, each once, the most probable first. */
  async objects(scale: number): Promise<StarObjects> {
    const tiles = this.tilesAt(scale);
    if (scale === 1 && this.native !== undefined) return this.native;
    if (tiles.length === 1) return this.tile(tiles[0], scale);
    const parts: StarObjects[] = [];
    for (const [index, tile] of tiles.entries()) {
      this.options.onProgress?.(index, tiles.length);
      parts.push(await this.tile(tile, scale));
    }
    this.options.onProgress?.(tiles.length, tiles.length);
    return suppress(joinObjects(parts), this.thresholds.nms_thresh);
  }

  /** Diameter in pixels of the circle with the median area of what is found without rescaling. */
  async estimatedDiameter(): Promise<number | undefined> {
    const areas: number[] = [];
    const tiles = this.tilesAt(1);
    for (const tile of spread(tiles)) {
      const objects = await this.tile(tile, 1);
      if (tiles.length === 1) this.native = objects;
      areas.push(...areasOf(objects));
      if (areas.length >= ENOUGH_OBJECTS) break;
    }
    return medianDiameter(areas);
  }
}

/** Scale at which objects have a size that the bundled network finds well. @param diameter in pixels of the image */
export function scaleFor(diameter: number | undefined): number {
  if (diameter === undefined || (diameter >= SMALL && diameter <= LARGE)) return 1;
  return stardistDiameter / diameter;
}

/**
 * Segment roundish objects with a network of StarDist's kind. A large image is cut into tiles that overlap; memory
 * beside the image and the mask is that of one tile.
 *
 * @param image `[y, x]`, any dtype and range (normalised by percentiles); not modified
 * @param parameters `prob_thresh` and `nms_thresh`, both 0 to 1; `scale` pixels of the network per pixel of the image
 *   (0, null or left out: the model's own, or chosen by the objects' size)
 * @param options.model default: the bundled network, trained on nuclei
 * @param options.onProgress called after each tile of a large image
 * @param options.signal stops between tiles
 * @returns `mask` `[y, x]` uint16 (uint32 if there are more than 65535 objects), 0 = background; `info` with count,
 *   scale and milliseconds
 * @throws {RangeError} if the axes or a parameter are wrong
 * @example
 * const { mask } = await segmentStardist(image, { prob_thresh: 0.5 });
 */
export async function segmentStardist(
  image: NdArray,
  parameters: unknown = {},
  options: SegmentationOptions<StardistModel> = {},
): Promise<Segmented> {
  const started = performance.now();
  const model = options.model ?? (await bundledStardist());
  const given = checkParameters(model.name, parameters, rules);
  checkPixels(`run ${model.name}`, image);
  if (image.ndim !== 2) {
    throw new RangeError(
      `Cannot run ${model.name}: the image must have axes [y, x], got shape [${image.shape.join(", ")}]; take one plane: image.at(0)`,
    );
  }
  const [height, width] = image.shape;
  const channel = stretched(image, 99.8);
  const option = (name: keyof typeof model.defaults) => Number(given[name] ?? model.defaults[name]);
  const thresholds = { prob_thresh: option("prob_thresh"), nms_thresh: option("nms_thresh") };
  const run = new StardistRun(model, channel, thresholds, options);
  const chosen = Number(given.scale ?? 0) || model.scale;
  const scale = chosen ?? scaleFor(await run.estimatedDiameter());
  const labels = new Int32Array(height * width);
  paintObjects(labels, height, width, await run.objects(scale));
  const count = keepSizes(labels, 1);
  const mask = new NdArray({ dtype: "int32", shape: [height, width], buffer: labels, role: "labels" });
  return {
    mask: toMask(mask),
    info: { count, scale, milliseconds: Math.round(performance.now() - started) },
  };
}
