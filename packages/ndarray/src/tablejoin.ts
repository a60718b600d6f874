import { type Columns, joinCells, kindsIn, type NamedColumns, type Rows, takeCells } from "./column";
import { missingColumn } from "./columnname";
import { nearestName } from "./nearestname";
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

/**
 * Put the columns of rows with equal keys side by side, in the order of the left rows; where several fit, there is a
 * row for each.
 *
 * @param keys the columns to join by
 * @param keepsAll whether left rows without a partner stay, with missing values
 */
export function joinRows(left: Rows, right: Rows, keys: readonly string[], keepsAll: boolean): NamedColumns {
  checkKeys(left.columns, right.columns, keys);
  const partners = new Map<string, number[]>();
  keyTexts(right.columns, keys, right.rowCount).forEach((text, row) => {
    const rows = partners.get(text);
    if (rows) rows.push(row);
    else partners.set(text, [row]);
  });
  const [lefts, rights]: [number[], number[]] = [[], []];
  keyTexts(left.columns, keys, left.rowCount).forEach((text, row) => {
    for (const partner of partners.get(text) ?? (keepsAll ? [-1] : [])) {
      lefts.push(row);
      rights.push(partner);
    }
  });
  return [
    ...[...left.columns].map(([name, values]) => [name, takeCells(values, lefts)] as const),
    ...[...right.columns]
      .filter(([name]) => !keys.includes(name))
      .map(([name, values]) => [name, takeCells(values, rights)] as const),
  ];
}

/** Put rows under one another; `name` tells one part from the others in messages. */
export function stackRows(parts: readonly (Rows & { readonly name: string })[]): NamedColumns {
  const names = [...parts[0].columns.keys()];
  for (const { columns, name } of parts) {
    const own = [...columns.keys()];
    const [lacking] = names.filter((column) => !columns.has(column));
    const [extra] = own.filter((column) => !names.includes(column));
    if (lacking === undefined && extra === undefined) continue;
    const meant = lacking === undefined ? undefined : nearestName(lacking, own);
    const advice = meant === undefined ? "use select" : `rename ${meant}, or use select`;
    throw new RangeError(
      `Cannot concatenate tables: all must have the columns ${names.join(", ")}, got ${lacking === undefined ? `${extra} besides` : `no ${lacking}`} in ${name}; ${advice}`,
    );
  }
  return names.map((name) => [name, joinCells(parts.map(({ columns }) => columns.get(name)!))] as const);
}
