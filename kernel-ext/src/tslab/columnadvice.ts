import type * as TypeScript from "typescript";
import { arrayCall } from "./arraycall";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { nameHere } from "./pythonnames";

/** A table's column, as text, as the array to compute with. */
export const columnArray = (column: string): string =>
  `ndarray(${column.replaceAll(".column(", ".values(")})`;

/**
 * A table's column where an array was meant, `table.column("area").mean()` or `ndarray(table.column("area"))`.
 *
 * @param methods what arrays have
 */
export function adviseColumnUse(
  message: string,
  source: string,
  offset: number,
  methods: () => readonly string[],
): string[] {
  if (!message.includes("type 'ColumnData'")) return [];
  const file = parsed(source);
  const valuesOf = (node: TypeScript.Node): string => node.getText(file).replaceAll(".column(", ".values(");
  const [, name] = /^Property '([^']+)' does not exist/.exec(message) ?? [];
  if (name === undefined) {
    const call = innermost(
      file,
      offset,
      (node): node is TypeScript.CallExpression =>
        ts.isCallExpression(node) && node.arguments.some((argument) => argument.getStart(file) === offset),
    );
    if (!call || valuesOf(call) === call.getText(file)) return [];
    if (/^Argument of type 'ColumnData'.* to parameter of type 'NdArray/.test(message)) {
      const arrays = call.arguments.map((argument) =>
        valuesOf(argument) === argument.getText(file)
          ? valuesOf(argument)
          : columnArray(argument.getText(file)),
      );
      const callee = call.expression.getText(file);
      const [array = ""] = arrays;
      const written = arrays.length === 1 ? arrayCall(callee, array, []) : undefined;
      return [`Write ${written ?? `${callee}(${arrays.join(", ")})`}`];
    }
    // Functions of numbers take the values one by one.
    const spread = /to parameter of type 'number'/.test(message) ? "..." : "";
    const values = call.arguments.map((argument) => `${spread}${valuesOf(argument)}`);
    return [`Write ${call.expression.getText(file)}(${values.join(", ")})`];
  }
  const member = innermost(file, offset, ts.isPropertyAccessExpression);
  if (!member) return [];
  const { expression, parent } = member;
  const isColumn = valuesOf(expression) !== expression.getText(file);
  const array = `ndarray(${isColumn ? valuesOf(expression) : 'table.values("area")'})`;
  const here = nameHere(name);
  if (!methods().includes(here)) {
    const other = arrayCall(name, array, []);
    return other === undefined ? [] : [`Write ${other}`];
  }
  const isCalled = ts.isCallExpression(parent) && parent.expression === member;
  return [`Write ${array}.${here}${isCalled ? source.slice(member.end, parent.end) : ""}`];
}
