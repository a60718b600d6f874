import type { PreparedSample } from "./preparedsample";
import { type Random, uniform } from "./random";

/** Where a crop lies in an image: turned, mirrored and scaled. */
export interface Placement {
  /** Pixels of the crop per pixel of the image. */
  readonly scale: number;
  /** Where the crop's pixel (0, 0) lies in the image. */
  readonly y: number;
  readonly x: number;
  /** `[yy, yx, xy, xx]`: a step (y, x) in the crop is (yy · y + yx · x, xy · y + xx · x) / scale in the image. */
  readonly turn: readonly [number, number, number, number];
}

/** The middle of a crop on one axis: near an object, or anywhere if there is none; rather inside the image. */
function middle(object: number | undefined, side: number, half: number, random: Random): number {
  // An object stays in the crop: it is at most half as far from the middle as the crop's edge.
  const reach = object === undefined ? half : half / 2;
  const [least, greatest] = [Math.min(reach, side / 2), Math.max(side - reach, side / 2)];
  if (object === undefined) return uniform(random, least, greatest) - 0.5;
  const near = object + 0.5 + uniform(random, -reach, reach);
  return Math.min(Math.max(near, least), greatest) - 0.5;
}

/**
 * Place a crop at random: half of the crops near an object, the others anywhere.
 *
 * @param size side of the crop in its own pixels
 */
export function placeCrop(sample: PreparedSample, scale: number, size: number, random: Random): Placement {
  const angle = uniform(random, 0, 2 * Math.PI);
  const mirror = random() < 0.5 ? -1 : 1;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const turn = [cosine, sine * mirror, -sine, cosine * mirror] as const;
  const half = size / 2 / scale;
  const object = random() < 0.5 ? Math.floor(random() * sample.objects) : undefined;
  const place = (axis: number) => (object === undefined ? undefined : sample.middles[2 * object + axis]);
  const y = middle(place(0), sample.height, half, random);
  const x = middle(place(1), sample.width, half, random);
  const corner = (size - 1) / 2 / scale;
  return { scale, y: y - (turn[0] + turn[1]) * corner, x: x - (turn[2] + turn[3]) * corner, turn };
}
