import { compareCells } from "./cellorder";
import { type Columns, joinCells, kindsIn, type NamedColumns, type Rows, takeCells } from "./column";
import { missingColumn } from "./columnname";
import { keyTexts } from "./tablegroups";

function checkKeys(left: Columns, right: Columns, keys: readonly string[]): void {
  for (const key of keys) {
    for (const columns of [left, right]) {
      if (!columns.has(key)) throw missingColumn("join", key, [...columns.keys()]);
    }
    const [a, b] = [kindsIn(left.get(key)!), kindsIn(right.get(key)!)].map((kinds) =>
      kinds
        .map((kind) => (kind === "bigint" ? "number" : kind))
        .sort()
        .join(" and "),
    );
    if (a !== b && a !== "" && b !== "") {
      throw new TypeError(`Cannot join: column ${key} must be of one kind in both tables, got ${a} and ${b}`);
    }
  }
  const twice = [...right.keys()].find((name) => left.has(name) && !keys.includes(name));
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot join: the tables must share the columns to join by alone, got ${twice} in both; use other.rename({ ${JSON.stringify(twice)}: ${JSON.stringify(`${twice}_2`)} }), or join by it too`,
    );
  }
}

/** How a join may treat rows without a partner. */
export const joinKinds = ["inner", "left", "right", "outer"] as const;

/** Which rows without a partner a join keeps: none, the left ones, the right ones, or all. */
export type JoinKind = (typeof joinKinds)[number];

/** A row of each table that belong together; -1 where there is none. */
type Pair = readonly [left: number, right: number];

/** Each row with its partners, in their order. */
function pairsOf(texts: readonly string[], otherTexts: readonly string[], keepsAll: boolean): Pair[] {
  const partners = new Map<string, number[]>();
  otherTexts.forEach((text, row) => {
    const rows = partners.get(text);
    if (rows) rows.push(row);
    else partners.set(text, [row]);
  });
  return texts.flatMap((text, row) =>
    (partners.get(text) ?? (keepsAll ? [-1] : [])).map((partner) => [row, partner] as const),
  );
}

/**
 * Put the columns of rows with equal keys side by side; where several fit, there is a row for each. As in pandas, they
 * are in the order of the left rows, of the right ones in a right join, and sorted by the keys in an outer one.
 *
 * @param keys the columns to join by
 */
export function joinRows(left: Rows, right: Rows, keys: readonly string[], how: JoinKind): NamedColumns {
  checkKeys(left.columns, right.columns, keys);
  const lefts = keyTexts(left.columns, keys, left.rowCount);
  const rights = keyTexts(right.columns, keys, right.rowCount);
  const pairs =
    how === "right"
      ? pairsOf(rights, lefts, true).map(([row, partner]): Pair => [partner, row])
      : pairsOf(lefts, rights, how !== "inner");
  // The keys of a row without a left one are the right one's.
  const keyCells = keys.map((key) => {
    const [own, others] = [left.columns.get(key)!, right.columns.get(key)!];
    return how === "outer" ? joinCells([own, others]) : how === "right" ? others : own;
  });
  const keyRow = ([row, partner]: Pair): number =>
    how === "right" ? partner : row < 0 ? left.rowCount + partner : row;
  if (how === "outer") {
    const known = new Set(lefts);
    rights.forEach((text, row) => {
      if (!known.has(text)) pairs.push([-1, row]);
    });
    pairs.sort((a, b) => {
      for (const cells of keyCells) {
        const difference = compareCells(cells[keyRow(a)], cells[keyRow(b)], 1);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  }
  const [leftRows, rightRows, keyRows] = [
    pairs.map(([row]) => row),
    pairs.map(([, row]) => row),
    pairs.map(keyRow),
  ];
  return [
    ...[...left.columns].map(([name, values]) => {
      const key = keys.indexOf(name);
      return [name, key < 0 ? takeCells(values, leftRows) : takeCells(keyCells[key], keyRows)] as const;
    }),
    ...[...right.columns]
      .filter(([name]) => !keys.includes(name))
      .map(([name, values]) => [name, takeCells(values, rightRows)] as const),
  ];
}
