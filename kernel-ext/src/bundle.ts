import { inspect } from "node:util";
import { dataFrameBundle } from "./dataframe";
import { markupBundle } from "./markup";
import { pictureBundle } from "./picture";

/** A value's representations: MIME type to content. */
export type Bundle = Readonly<Record<string, unknown>>;

/** Name of the method by which a value says how it is shown. */
export const displayMethod: unique symbol = Symbol.for("Jupyter.display");

/** Contents that are text even if they come in bytes. */
const textual = /^text\/|\+xml$|[/+]json$|^application\/javascript$/;

/**
 * The representations that a value is shown by.
 *
 * A value says so itself by a method `Symbol.for("Jupyter.display")`, which may be async. Canvases, data frames, image
 * files and elements are known by what they are like; everything else is inspected.
 *
 * @throws {TypeError} if the method's result is no object
 */
export function bundleOf(value: unknown): Bundle | Promise<Bundle> {
  const method: unknown = isObject(value) ? Reflect.get(value, displayMethod) : undefined;
  if (typeof method === "function") return then(method.call(value), ownBundle);
  const known =
    typeof value === "object" && value !== null
      ? (pictureBundle(value) ?? dataFrameBundle(value) ?? markupBundle(value))
      : undefined;
  if (known) return then(known, encodeBundle);
  return { "text/plain": inspect(value, { colors: false, depth: 4 }) };
}

/** Write binary contents in base64, as Jupyter wants them. */
export function encodeBundle(bundle: object): Bundle {
  return Object.fromEntries(Object.entries(bundle).map(([type, content]) => [type, encoded(type, content)]));
}

function encoded(type: string, content: unknown): unknown {
  const isBinary = content instanceof ArrayBuffer || ArrayBuffer.isView(content);
  if (!isBinary) return content;
  const bytes = ArrayBuffer.isView(content)
    ? Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    : Buffer.from(content);
  return bytes.toString(textual.test(type) ? "utf8" : "base64");
}

function ownBundle(bundle: unknown): Bundle {
  if (isObject(bundle)) return encodeBundle(bundle);
  throw new TypeError(
    `Cannot show the value: its Symbol.for("Jupyter.display") method must return an object of MIME type to content, got ${bundle}`,
  );
}

/** Go on with what may come later, without waiting for what is there. */
function then<T, U>(value: T | Promise<T>, next: (value: T) => U): U | Promise<U> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value);
}

const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  isObject(value) && typeof Reflect.get(value, "then") === "function";

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";
