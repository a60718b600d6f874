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
