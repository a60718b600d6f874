import { axesApart, type NdArray, type SpaceDoor } from "@bioengine/ndarray";
import { axisLayout } from "./axislayout";
import { checkImage, checkSpatialImage, type Floats } from "./image";
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

/** The values of each channel, in C order. */
export function channelsOf(data: Floats, shape: readonly number[], axis: number | undefined): Float64Array[] {
  if (axis === undefined) return [Float64Array.from(data)];
  const { outer, length, inner } = axisLayout(shape, axis);
  return Array.from({ length }, (_, channel) => {
    const values = new Float64Array(outer * inner);
    for (let i = 0; i < values.length; i++) {
      values[i] = data[(Math.floor(i / inner) * length + channel) * inner + (i % inner)];
    }
    return values;
  });
}

/** Put the values of a channel where they were. */
export function setChannel(
  data: Floats,
  shape: readonly number[],
  axis: number | undefined,
  channel: number,
  values: Float64Array,
): void {
  if (axis === undefined) {
    data.set(values);
    return;
  }
  const { length, inner } = axisLayout(shape, axis);
  for (let i = 0; i < values.length; i++) {
    data[(Math.floor(i / inner) * length + channel) * inner + (i % inner)] = values[i];
  }
}
