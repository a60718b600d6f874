// Jupyter counts a cell's characters in Unicode code points, TypeScript in UTF-16 units: an emoji is one, or two.

/** The UTF-16 offset of the code point at `position`. */
export function offsetOf(text: string, position: number): number {
  let offset = 0;
  for (let index = 0; index < position && offset < text.length; index++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The number of code points before a UTF-16 offset. */
export function positionOf(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
