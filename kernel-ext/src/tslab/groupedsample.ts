import { ts } from "./library";
import { innermost, parsed } from "./node";

const columnOf = /^(.+)\.(?:column|values)\(([^()]*)\)$/;

/** Groups where a test takes a list for each, `anova(values, { groups: kinds })`: the line with the lists. */
export function adviseGroupedSample(message: string, source: string, offset: number): string[] {
  if (!/'groups' does not exist in type 'Sample'/.test(message)) return [];
  const call = innermost(parsed(source), offset, ts.isCallExpression);
  if (!call) return [];
  const callee = call.expression.getText();
  const options = call.arguments.find(ts.isObjectLiteralExpression);
  const given = options?.properties.filter(ts.isPropertyAssignment);
  const groups = given?.find(({ name }) => name.getText() === "groups")?.initializer;
  const [, table, values] = columnOf.exec(call.arguments[0]?.getText() ?? "") ?? [];
  const [, other, kind] = columnOf.exec(groups?.getText() ?? "") ?? [];
  const isOfMany = /^(anova|kruskalWallis)$/.test(callee);
  if (!isOfMany || table === undefined || table !== other) {
    return [`It takes a list for each group: ${callee}(${isOfMany ? "a, b, c" : "a, b"})`];
  }
  const lists = `[...new Set(${table}.values(${kind}))].map((group) => ${table}.filter((row) => row[${kind}] === group).values(${values}))`;
  return [`Write ${callee}(...${lists})`];
}
