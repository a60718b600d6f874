/** What is measured in, as heads of columns name it: lengths, times, angles and shares, their powers and quotients. */
const unitPattern = (() => {
  const base = "(?:px|pixels?|nm|[µμu]m|mm|cm|m|ms|s|min|h|d|rad|°|%|a\\.u\\.)(?:[²³]|\\^?-?[1-4]|⁻[¹²³])?";
  return new RegExp(`^(?:1/)?${base}(?:[/·* ]${base})*$`);
})();

/** A column's name, and its unit if it is known. */
export interface ColumnHead {
  readonly name: string;
  readonly unit: string | undefined;
}

/** What a column is called in a file that keeps its unit: `area (µm²)`. */
export const headText = ({ name, unit }: ColumnHead): string =>
  unit === undefined ? name : `${name} (${unit})`;

/** The name and unit that a head tells; what stands in brackets and is no unit, `mean (red)`, is of the name. */
export function columnHead(text: string): ColumnHead {
  const [, name, unit] = /^(.*\S)\s*\(([^()]+)\)$/.exec(text) ?? [];
  return unit !== undefined && unitPattern.test(unit) ? { name, unit } : { name: text, unit: undefined };
}
