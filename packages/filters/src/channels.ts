import { axesApart, type NdArray, type SpaceDoor } from "@bioengine/ndarray";
import { axisLayout } from "./axislayout";
import { checkImage, checkSpatialImage, type Floats, type Numbers } from "./image";
import { checkNumber } from "./option";

/**
 * Where an image of known axes has its channels or colours.
 *
 * @returns the axis; undefined if the axes aren't known, or there is none, or another one apart from space
 */
export function knownChannelAxis(image: NdArray): number | undefined {
  const [axis, ...others] = axesApart(image ?? {});
  return others.length === 0 && /[CS]/.test(image?.axes?.[axis] ?? "") ? axis : undefined;
}

/** How far a neighbourhood reaches along each axis that stays in its channel. */
export const oneChannel = ({ shape }: NdArray, channel: number): number[] =>
  shape.map((length, axis) => (axis === channel ? 1 : length + 1));

/**
 * Check an image of one or more channels at a public door.
 *
 * @param channelAxis where the channels are; undefined: where the image is known to have them, else there is one,
 *   without an axis
 * @returns that axis counted from the front, and the lengths of the others
 * @throws {TypeError} if it is no NdArray
 * @throws {RangeError} if it isn't 2-D or 3-D without the channels, or has no such axis
 */
export function checkChannels(
  image: NdArray,
  door: SpaceDoor,
  channelAxis: number | undefined = knownChannelAxis(image),
): { axis: number | undefined; spatial: number[] } {
  const { action } = door;
  if (channelAxis === undefined) {
    checkSpatialImage(image, door, [2, 3]);
    return { axis: undefined, spatial: [...image.shape] };
  }
  checkImage(image, action, [1, 2, 3, 4]);
  const { ndim, shape } = image;
  const isThere = Number.isInteger(channelAxis) && channelAxis >= -ndim && channelAxis < ndim;
  checkNumber(action, "channelAxis", channelAxis, `from ${-ndim} to ${ndim - 1}`, isThere);
  if (ndim < 3) {
    throw new RangeError(
      `Cannot ${action}: the axes must be [y, x] or [z, y, x] besides the channels, got shape [${shape.join(", ")}]; leave out channelAxis`,
    );
  }
  const axis = (channelAxis + ndim) % ndim;
  checkSpatialImage(image, door, [ndim], oneChannel(image, axis));
  return { axis, spatial: shape.filter((_, at) => at !== axis) };
}

/** Runs of a channel's values, `apart` and each of `count` values that are `step` apart. */
interface Runs {
  readonly runs: number;
  readonly apart: number;
  readonly count: number;
  readonly step: number;
  /** Where the first one begins. */
  readonly start: number;
}

function runsOf(shape: readonly number[], axis: number, channel: number): Runs {
  const { outer, length, inner } = axisLayout(shape, axis);
  // Values that no two lie side by side of are one run.
  if (inner === 1) return { runs: 1, apart: 0, count: outer, step: length, start: channel };
  return { runs: outer, apart: length * inner, count: inner, step: 1, start: channel * inner };
}

/** Copy the values of a channel, in C order. */
export function takeChannel(
  data: Numbers,
  shape: readonly number[],
  axis: number,
  channel: number,
  target: Numbers,
): void {
  const { runs, apart, count, step, start } = runsOf(shape, axis, channel);
  for (let run = 0, i = 0; run < runs; run++) {
    const end = i + count;
    for (let at = start + run * apart; i < end; at += step, i++) target[i] = data[at];
  }
}

/** The values of each channel, in C order. */
export function channelsOf(data: Floats, shape: readonly number[], axis: number | undefined): Float64Array[] {
  if (axis === undefined) return [new Float64Array(data)];
  return Array.from({ length: shape[axis] }, (_, channel) => {
    const values = new Float64Array(data.length / shape[axis]);
    takeChannel(data, shape, axis, channel, values);
    return values;
  });
}

/** Put the values of a channel where they were. */
export function setChannel(
  data: Numbers,
  shape: readonly number[],
  axis: number | undefined,
  channel: number,
  values: Numbers,
): void {
  if (axis === undefined) {
    data.set(values);
    return;
  }
  const { runs, apart, count, step, start } = runsOf(shape, axis, channel);
  for (let run = 0, i = 0; run < runs; run++) {
    const end = i + count;
    for (let at = start + run * apart; i < end; at += step, i++) data[at] = values[i];
  }
}
