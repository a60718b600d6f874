import { NdArray, Table } from "@bioengine/ndarray";
import { arrayName } from "./arraybundle";
import { bundleOf } from "./display";
import { printsLastValue, publish, swallowLineBreak } from "./kernel";

/**
 * Make arrays and tables show themselves as the last line of a cell.
 *
 * Both get a `Symbol.for("Jupyter.display")` method, which kernels call for MIME type to content, and a
 * `util.inspect.custom` method. Unmodified tslab prints the last value with `console.log`; there the latter shows the
 * rich output and prints nothing. Elsewhere it gives the digest, and inside other values one line. Calling it again
 * changes nothing.
 *
 * @example
 * installDisplay();
 */
export function installDisplay(): void {
  for (const prototype of [NdArray.prototype, Table.prototype]) {
    define(prototype, "Jupyter.display", function (this: NdArray | Table) {
      return bundleOf(this).data;
    });
    define(prototype, "nodejs.util.inspect.custom", inspectValue);
  }
}

function define(prototype: object, symbol: string, value: (...values: never[]) => unknown): void {
  Object.defineProperty(prototype, Symbol.for(symbol), { value, configurable: true, writable: true });
}

function inspectValue(
  this: NdArray | Table,
  depth: unknown,
  options: { depth?: number | null } = {},
): string {
  if (depth !== options.depth || typeof depth !== "number") return nameOf(this);
  const bundle = bundleOf(this);
  if (!printsLastValue()) return String(bundle.data["text/plain"]);
  publish(bundle);
  swallowLineBreak();
  return "";
}

function nameOf(value: NdArray | Table): string {
  return value instanceof NdArray ? arrayName(value) : String(value);
}
