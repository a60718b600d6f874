import { asOperand } from "./callargument";

type Keywords = readonly (readonly [name: string, value: string])[];

interface ShownArguments {
  readonly values: readonly string[];
  readonly keywords: Keywords;
}

/**
 * The arguments of `imshow` with Matplotlib's limits of contrast, which it doesn't take: the image's values are cut
 * there, those of a mask's image if it has one.
 */
export function withinLimits({ values, keywords }: ShownArguments): ShownArguments {
  if (keywords.some(([name]) => name === "image")) {
    const cut = keywords.map(
      ([name, value]) => [name, name === "image" ? limited(value, keywords) : value] as const,
    );
    return { values, keywords: cut };
  }
  const [first, ...others] = values;
  return { values: first === undefined ? [] : [limited(first, keywords), ...others], keywords };
}

function limited(image: string, keywords: Keywords): string {
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
