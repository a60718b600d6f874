import { roundStep } from "./histogram";

/** Round numbers within the range; `beyond` adds the first one that is not below the end. */
export function ticks(low: number, high: number, about: number, beyond: boolean): number[] {
  const step = Math.max(roundStep((high - low) / about), beyond ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const last = beyond ? Math.ceil(high / step - 1e-9) : Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
