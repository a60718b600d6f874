import { asOperand } from "./callargument";

/**
 * An image as it is shown between Matplotlib's limits of contrast, which `imshow` doesn't take: its values are cut there.
 *
 * @param image its text
 * @param keywords of the call that shows it
 */
export function withinLimits(
  image: string,
  keywords: readonly (readonly [name: string, value: string])[],
): string {
  const limitOf = (name: string): string | undefined => keywords.find(([each]) => each === name)?.[1];
  const [, low, high] = /^\[\s*([^,]+?)\s*,\s*([^,]+?)\s*\]$/.exec(limitOf("clim") ?? "") ?? [];
  const [least, most] = [limitOf("vmin") ?? low, limitOf("vmax") ?? high];
  if (least === undefined && most === undefined) return image;
  return [
    asOperand(image),
    ...(least === undefined ? [] : [`.maximum(${least})`]),
    ...(most === undefined ? [] : [`.minimum(${most})`]),
  ].join("");
}
