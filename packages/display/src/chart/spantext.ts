import { numberText } from "../numbertext";

/** What an axis stands for, and from where to where its values go: `x = area (µm²): 4 to 9`. */
export function spanText(axis: "x" | "y", label: string, values: Float64Array): string {
  const name = label === axis ? axis : `${axis} = ${label.slice(0, 100)}`;
  const sorted = values.slice().sort();
  return sorted.length === 0 ? name : `${name}: ${numberText(sorted[0]!)} to ${numberText(sorted.at(-1)!)}`;
}
