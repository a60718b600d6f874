/** One tag of a page; a rational's values are numerators and denominators in turn. */
export interface Entry {
  readonly tag: number;
  readonly type: "ascii" | "short" | "long" | "rational" | "offset";
  readonly values: readonly number[];
}

/** Bytes of an offset: 4, and 8 in BigTIFF. */
export const offsetSize = (big: boolean): number => (big ? 8 : 4);

// TIFF 6.0, section 2: number of the type and bytes of a value.
const types = { ascii: [2, 1], short: [3, 2], long: [4, 4], rational: [5, 4] } as const;

function put(view: DataView, size: number, at: number, value: number): void {
  if (size === 1) view.setUint8(at, value);
  else if (size === 2) view.setUint16(at, value, true);
  else if (size === 4) view.setUint32(at, value, true);
  else view.setBigUint64(at, BigInt(value), true);
}

/**
 * One image file directory: the entries, the link to the next directory, which follows, then the values that don't fit
 * an entry.
 *
 * @param offset where the directory will lie
 * @param last whether no other follows
 * @returns a whole number of pairs of bytes
 */
export function encodeDirectory(
  entries: readonly Entry[],
  offset: number,
  big: boolean,
  last: boolean,
): Uint8Array {
  const link = offsetSize(big);
  const [countSize, entrySize] = big ? [8, 20] : [2, 12];
  const stored = entries.map(({ type, values }) => {
    const [number, size] = type === "offset" ? (big ? [16, 8] : types.long) : types[type];
    return {
      number,
      size,
      length: size * values.length,
      count: type === "rational" ? values.length / 2 : values.length,
    };
  });
  const fixed = countSize + entries.length * entrySize + link;
  const extra = stored.map(({ length }) => (length > link ? length + (length % 2) : 0));
  const total = fixed + extra.reduce((sum, length) => sum + length, 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  put(view, countSize, 0, entries.length);
  let free = fixed;
  entries.forEach(({ tag, values }, index) => {
    const at = countSize + index * entrySize;
    const { number, size, count } = stored[index];
    const inline = at + entrySize - link;
    put(view, 2, at, tag);
    put(view, 2, at + 2, number);
    put(view, link, at + 4, count);
    if (extra[index] > 0) put(view, link, inline, offset + free);
    const start = extra[index] > 0 ? free : inline;
    for (const [position, value] of values.entries()) put(view, size, start + position * size, value);
    free += extra[index];
  });
  put(view, link, fixed - link, last ? 0 : offset + total);
  return bytes;
}
