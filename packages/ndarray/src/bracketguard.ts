import { nearestName } from "./nearestname";

/**
 * Make reading and writing a name that an object lacks an error, where there is something to say of it: TypeScript
 * lets `image[0]` pass, and JavaScript makes it undefined. What the object has is found before, as fast as ever.
 *
 * @param prototype of the objects, whose own parent is `Object.prototype`
 * @param refusal what to say of a name, or undefined
 */
export function guardBrackets<T extends object>(
  prototype: T,
  refusal: (name: string, object: T) => string | undefined,
): void {
  const check = (name: string | symbol, object: T): void => {
    const message = typeof name === "string" ? refusal(name, object) : undefined;
    if (message !== undefined) throw new TypeError(message);
  };
  const guard = new Proxy(
    {},
    {
      get(target, name, object) {
        check(name, object);
        return Reflect.get(target, name, object);
      },
      set(target, name, value, object) {
        check(name, object);
        return Reflect.set(target, name, value, object);
      },
    },
  );
  Object.setPrototypeOf(prototype, guard);
}

/** What to write for `image[0]`. */
export function elementAdvice(name: string, { shape }: { shape: readonly number[] }): string | undefined {
  if (!/^-?\d+$/.test(name)) return undefined;
  const indices = [name, ...shape.slice(1).map(() => "0")].join(", ");
  return `Cannot index an array with brackets: use at(${name}) for the part, get(${indices}) for a number or set(value, ${indices}), got [${name}]`;
}

/** What to write for `table["area"]` or `table[0]`; a name that is like no column is asked by libraries. */
export function columnAdvice(
  name: string,
  { columnNames }: { columnNames: readonly string[] },
): string | undefined {
  if (/^\d+$/.test(name)) return `Cannot index a table with brackets: use row(${name}), got [${name}]`;
  const meant = nearestName(name, columnNames);
  if (meant === undefined) return undefined;
  return `Cannot index a table with brackets: use column(${JSON.stringify(meant)}), got [${JSON.stringify(name)}]`;
}
