/**
 * A number as a reader wants it: integers in full, else four significant digits (one decimal from 1000 on),
 * powers of ten only for the very large and very small.
 */
export function numberText(value: number | bigint): string {
  if (typeof value === "bigint" || !Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (Number.isInteger(value) && magnitude < 1e15) return String(value);
  if (magnitude >= 1e7 || magnitude < 1e-4) return String(Number(value.toPrecision(4)).toExponential());
  return String(Number(magnitude >= 1000 ? value.toFixed(1) : value.toPrecision(4)));
}

/** `34.2%` */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(share > 0.1 ? 3 : 2))}%`;
}

/** `1 object`, `2 objects` */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
