/**
 * Check the shape of a plane at the public door.
 *
 * @param action what the caller does, as in "Cannot <action>"
 * @param call how it is called, e.g. "polygonToMask([512, 512], …)"
 * @throws {RangeError} if it isn't two lengths above 0
 */
export function checkedPlane(
  shape: readonly number[],
  action: string,
  call: string,
): readonly [height: number, width: number] {
  const isShape = Array.isArray(shape) && shape.every((length) => Number.isInteger(length) && length > 0);
  if (isShape && shape.length === 2) return [shape[0], shape[1]];
  const got = Array.isArray(shape)
    ? `[${shape.join(", ")}]`
    : Object.prototype.toString.call(shape).slice(8, -1);
  throw new RangeError(`Cannot ${action}: the shape must be two lengths above 0, got ${got}; use ${call}`);
}
