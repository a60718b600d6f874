import type { ByteSource } from "../bytesource";
import { knownSize } from "../unit";
import { type Directory, tagNumbers } from "./directory";

/** Micrometres of the unit by its number: inch and centimetre. */
const units: Record<number, number> = { 2: 25_400, 3: 10_000 };

// 2540 dots an inch: coarser pixels are those of a printer or a screen, which programs write without being asked.
const PRINT = 10;

/**
 * The pixel size in µm that a page's resolution says, as `[y, x]`.
 *
 * @param unit µm of the unit, if something else says it; by the page's own tag, sizes above 10 µm are taken for a print
 *   resolution and left out
 */
export async function resolutionOf(
  source: ByteSource,
  directory: Directory,
  unit: number | undefined,
): Promise<[number | undefined, number | undefined]> {
  const own = units[(await tagNumbers(source, directory, 296))?.[0] ?? 2];
  const size = async (tag: number) => {
    const perUnit = (await tagNumbers(source, directory, tag))?.[0];
    // The quotient of a quotient: 0.65 would come back as 0.6499999999999999.
    const quotient = Number(((unit ?? own) / (perUnit ?? Number.NaN)).toPrecision(15));
    const length = knownSize(quotient);
    return unit === undefined && length !== undefined && length > PRINT ? undefined : length;
  };
  return [await size(283), await size(282)];
}
