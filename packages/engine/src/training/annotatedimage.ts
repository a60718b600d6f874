import type { NdArray } from "@bioengine/ndarray";
import { checkPixels } from "../channel";
import type { TrainedKind } from "./gradientnetwork";
import type { TrainingSample } from "./networktraining";
import { prepareCellposeSample, prepareStardistSample } from "./preparedsample";

/** An image and its labels, as they come; neither is modified. */
export interface AnnotatedImage {
  /** `[y, x, c]`, any dtype and range. */
  readonly image: NdArray;
  /** `[y, x]` or `[y, x, 1]`, 0 = background; numbers may have gaps. */
  readonly labels: NdArray;
}

/**
 * Make an annotated image ready to learn from.
 *
 * @param channels [cytoplasm, nucleus] for cellpose, 0 = mean of all (as a nucleus: none), 1 = the first; StarDist
 *   takes the mean of all
 * @param name of the model, for messages
 * @throws {RangeError} if image and labels have other sizes, a channel isn't there, or there are no objects or values
 * @example
 * const sample = prepareAnnotatedImage("cellpose", { image, labels }, [1, 0], "my model");
 * await training.iterate(sample);
 */
export function prepareAnnotatedImage(
  kind: TrainedKind,
  { image, labels }: AnnotatedImage,
  channels: readonly [number, number],
  name: string,
): TrainingSample {
  const [height, width, count] = image.shape;
  const isSameSize = labels.shape[0] === height && labels.shape[1] === width;
  const isPlane = labels.ndim === 2 || (labels.ndim === 3 && labels.shape[2] === 1);
  if (image.ndim !== 3 || !isSameSize || !isPlane) {
    throw new RangeError(
      `Cannot train ${name}: the image must have axes [y, x, c] and the labels the same y and x, got ${shapeText(image)} and ${shapeText(labels)}`,
    );
  }
  checkPixels(`train ${name}`, image);
  const objects = labels.astype("int32").data;
  if (kind === "stardist") {
    return { kind, sample: prepareStardistSample(image.mean(2), objects, name) };
  }
  const [cytoplasm, nucleus] = channels;
  if (Math.max(cytoplasm, nucleus) > count) {
    throw new RangeError(
      `Cannot train ${name}: channels must be within the image's ${count}, got [${channels.join(", ")}]`,
    );
  }
  const channel = (number: number) => (number === 0 ? image.mean(2) : image.slice(null, null, number - 1));
  const planes = nucleus === 0 ? [channel(cytoplasm)] : [channel(cytoplasm), channel(nucleus)];
  return { kind, sample: prepareCellposeSample(planes, objects, name) };
}

const shapeText = ({ shape }: NdArray): string => `[${shape.join(", ")}]`;
