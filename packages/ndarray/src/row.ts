import type { Columns } from "./column";
import { missingColumn } from "./columnname";

/** One row of a table, by column name; a name that is no column throws. */
// Cells compute with the values: `row.area > 200`.
// biome-ignore lint/suspicious/noExplicitAny: a row's values have the columns' types, which are not known here
export type Row = Record<string, any>;

// What the language and libraries ask of any object, to see what it is.
const asked = new Set(
  "then toJSON asymmetricMatch nodeType nodeName tagName $$typeof toStringTag".split(" "),
);

/**
 * The prototype of a table's rows: it has what objects have, and throws where a name is no column, as
 * `row.aera > 30` would else be false for all rows.
 */
function prototypeOf(names: readonly string[]): object {
  return new Proxy(
    {},
    {
      get(target, name, row) {
        const isOfObjects = typeof name === "symbol" || name in target || asked.has(name);
        if (isOfObjects || name.startsWith("@@")) return Reflect.get(target, name, row);
        throw missingColumn("read a row", name, names);
      },
    },
  );
}

/** A function that makes the rows of a table. */
export function rowMaker(columns: Columns): (index: number) => Row {
  const entries = [...columns];
  const prototype = prototypeOf([...columns.keys()]);
  return (index) => {
    const row: Row = Object.create(prototype);
    for (const [name, values] of entries) {
      // A column may be called as something that objects have.
      if (name === "__proto__") {
        Object.defineProperty(row, name, { value: values[index], enumerable: true });
      } else row[name] = values[index];
    }
    return row;
  };
}
