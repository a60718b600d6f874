/** A value in a snippet's code that a person may fill in. */
export interface SnippetField {
  /** What the value is, for people: "Image file". */
  readonly label: string;
  /** How the value stands in the code, exactly once: a JSON string, number or list of strings. */
  readonly literal: string;
  /** What to offer: the image files there are, or these values; left out, the value is free. */
  readonly choices?: "image files" | readonly string[];
}

/**
 * Code with other values in its fields.
 *
 * @param code holds the literal of each field once
 * @param literals one JSON value per field, in order
 * @returns the code, changed nowhere else
 * @throws {RangeError} if the code holds a field's literal never or more than once
 * @throws {SyntaxError} if a new value is no JSON
 * @example
 * fillFields('imread("a.tif")', [{ label: "File", literal: '"a.tif"' }], ['"b.tif"']); // 'imread("b.tif")'
 */
export function fillFields(
  code: string,
  fields: readonly SnippetField[],
  literals: readonly string[],
): string {
  const places = fields.map(({ label, literal }, index) => {
    const filled = literals[index] ?? literal;
    JSON.parse(filled);
    return { ...placeOf(code, label, literal), filled };
  });
  return places
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, filled }) => text.slice(0, start) + filled + text.slice(end), code);
}

/** A number is no part of a longer one, nor of a name. */
function placeOf(code: string, label: string, literal: string): { start: number; end: number } {
  const quoted = literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = [...code.matchAll(new RegExp(`(?<![\\w.])${quoted}(?![\\w.])`, "g"))];
  const start = found[0]?.index;
  if (start === undefined || found.length > 1) {
    throw new RangeError(
      `Cannot fill in ${label}: the code must hold ${literal} once, got it ${found.length} times`,
    );
  }
  return { start, end: start + literal.length };
}
