import { nearestName } from "./columnname";

/**
 * Let `table["area"]` throw, which cells may write without an error of TypeScript, and which would be undefined.
 *
 * Names that are like no column stay undefined: libraries ask them of any object to see what it is.
 *
 * @param prototype of tables
 * @param columnsOf names of a table's columns
 */
export function guardMembers(prototype: object, columnsOf: (value: unknown) => readonly string[]): void {
  const guard = new Proxy(Object.create(Object.prototype), {
    get(target, name, value) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name, value);
      const meant = nearestName(name, columnsOf(value));
      if (meant === undefined) return undefined;
      throw new RangeError(
        `Cannot read table[${JSON.stringify(name)}]: a column is read by table.column(${JSON.stringify(meant)})`,
      );
    },
  });
  Object.setPrototypeOf(prototype, guard);
}

/**
 * Let `table.rows.length` throw, which would be 0 as that of any method without parameters.
 *
 * @param method that gives a list
 * @param call how it is called, e.g. "table.rows()"
 */
export function guardLength(method: () => unknown, call: string): void {
  Object.defineProperty(method, "length", {
    get() {
      throw new TypeError(
        `Cannot read a length: it must be that of a list, got a method's; use ${call}.length`,
      );
    },
  });
}
