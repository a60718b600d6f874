import { inspect } from "node:util";

/** A value's representations: MIME type to content. */
export type Bundle = Readonly<Record<string, unknown>>;

const display = Symbol.for("Jupyter.display");

/**
 * The representations that a value is shown by.
 *
 * A value says so itself by a method `Symbol.for("Jupyter.display")`, which may be async; others are inspected.
 *
 * @throws {TypeError} if the method's result is no object
 */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const method: unknown = isObject(value) ? Reflect.get(value, display) : undefined;
  if (typeof method !== "function") return { "text/plain": inspect(value, { colors: false, depth: 4 }) };
  const bundle: unknown = await method.call(value);
  if (isObject(bundle)) return encodeBundle(bundle);
  throw new TypeError(
    `Cannot show the value: its Symbol.for("Jupyter.display") method must return an object of MIME type to content, got ${bundle}`,
  );
}

/** Write binary contents in base64, as Jupyter wants them. */
export function encodeBundle(bundle: object): Bundle {
  const entries = Object.entries(bundle).map(([type, content]): [string, unknown] => [
    type,
    content instanceof Uint8Array ? Buffer.from(content).toString("base64") : content,
  ]);
  return Object.fromEntries(entries);
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
