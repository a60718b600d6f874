import { argumentsText, callText } from "./calltext";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { camelCase } from "./pythonnames";

/** A method of other libraries' data frames, by its own name in camelCase. */
const methods: Readonly<Record<string, string>> = {
  sortValues: "sort",
  sortBy: "sort",
  orderBy: "sort",
  orderby: "sort",
  merge: "join",
  toCsv: "writeCsv",
};

/** What each of our methods takes of such a call's keywords. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  sort: ["by", "ascending", "descending"],
  join: ["on", "how"],
};

/**
 * The call of a table's, with the arguments that are there, that a call of another library's data frame stands for.
 *
 * @param position of the name of its method
 * @returns `undefined` if the arguments have another meaning here
 */
export function tableCall(source: string, position: number): string | undefined {
  const file = parsed(source);
  const member = innermost(file, position, ts.isPropertyAccessExpression);
  const call = member?.parent;
  if (!member || !call || !ts.isCallExpression(call) || call.expression !== member) return undefined;
  const table = member.expression.getText(file);
  const name = camelCase(member.name.text);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return undefined;
  const { values, keywords } = callText(call, file);
  if (method === "writeCsv") return values[0] && `await writeCsv(${values[0]}, ${table})`;
  const text = {
    path: [table, method],
    values,
    keywords: keywords.filter(([keyword]) => keywordsOf[method]?.includes(keyword)),
  };
  const isOn = (keyword: string): boolean => keywords.some(([each]) => each === keyword);
  const isWhole =
    method === "sort"
      ? values.length + Number(isOn("by")) === 1 && /^["'[]|^\w+$/.test(values[0] ?? '"')
      : values.length + Number(isOn("on")) === 2;
  // Our order is one for all columns.
  const isMixed = keywords.some(([keyword, value]) => keyword === "ascending" && value.startsWith("["));
  return isWhole && !isMixed ? `${table}.${method}(${argumentsText(text)})` : undefined;
}
