import type * as TypeScript from "typescript";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/**
 * A list's method on the typed array of an image, `image.data.reduce(…)`: typed arrays of numbers and of 64-bit integers
 * have different ones, and which of them the data is nobody knows. The call on a list of numbers.
 */
export function adviseData(message: string, source: string, offset: number): string[] {
  if (
    !/^This expression is not callable\.\n\s*Each member of the union|^\s*Type 'number' is not .* 'bigint'/m.test(
      message,
    )
  )
    return [];
  const file = parsed(source);
  const call = innermost(file, offset, ts.isCallExpression);
  const data = call && dataIn(call.expression);
  if (!call || !data)
    return ["Of an array's data make a list of numbers first: Array.from(image.data, Number)"];
  const [start, end] = [data.getStart(file) - call.getStart(file), data.end - call.getStart(file)];
  const text = call.getText(file);
  return [`Write ${text.slice(0, start)}Array.from(${data.getText(file)}, Number)${text.slice(end)}`];
}

/** The `….data` that a chain of calls starts with. */
function dataIn(node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isCallExpression(node)) return dataIn(node.expression);
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  return node.name.text === "data" ? node : dataIn(node.expression);
}
