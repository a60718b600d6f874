import { argumentsText, type CallText, callText } from "./calltext";
import { groupCall } from "./groupcall";
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
  if (/^groupby$/i.test(name)) return groupCall(source, position);
  if (name === "drop" || name === "hist") return columnsCall(name, table, callText(call, file));
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === undefined) return undefined;
  const text = callText(call, file);
  if (method === "writeCsv") return text.values[0] && `await writeCsv(${text.values[0]}, ${table})`;
  if (method === "join") return joinCall(table, text);
  const { values, keywords } = text;
  const isBy = keywords.some(([keyword]) => keyword === "by");
  const isOne = values.length + Number(isBy) === 1 && /^["'[]|^\w+$/.test(values[0] ?? '"');
  // Our order is one for all columns.
  const isMixed = keywords.some(([keyword, value]) => keyword === "ascending" && value.startsWith("["));
  return isOne && !isMixed ? methodCall(table, method, text) : undefined;
}

/** What is done with columns that are named: a table without them, or the chart of one. */
function columnsCall(
  name: "drop" | "hist",
  table: string,
  { values, keywords }: CallText,
): string | undefined {
  const [columns = keywords.find(([keyword]) => /^columns?$/.test(keyword))?.[1]] = values;
  if (columns === undefined) return undefined;
  if (name === "hist") return /^["']/.test(columns) ? `histogram(${table}.column(${columns}))` : undefined;
  const list = columns.startsWith("[") ? columns : `[${columns}]`;
  return `${table}.select(${table}.columnNames.filter((name) => !${list}.includes(name)))`;
}

/**
 * The join that a merge of another library's data frames stands for.
 *
 * @param text of its arguments but the first table
 * @returns `undefined` if they have another meaning here
 */
export function joinCall(table: string, { values, keywords }: Omit<CallText, "path">): string | undefined {
  const keyword = (name: string): string | undefined => keywords.find(([each]) => each === name)?.[1];
  const [other = "", ...others] = values;
  const [own, theirs] = [keyword("left_on"), keyword("right_on")];
  if (own !== undefined && theirs !== undefined && own !== theirs && values.length === 1) {
    const isText = [own, theirs].every((text) => /^(["'])[^"']+\1$/.test(text));
    const renamed = `${other}.rename({ ${theirs}: ${own} })`;
    return isText ? methodCall(table, "join", { values: [renamed, own], keywords }) : undefined;
  }
  if (other === "" || others.length + Number(keyword("on") !== undefined) > 1) return undefined;
  const isOn = others.length > 0 || keyword("on") !== undefined;
  // Without a column to join by, pandas takes those that are in both.
  return methodCall(table, "join", { values: isOn ? values : [other, own ?? '"label"'], keywords });
}

function methodCall(table: string, method: string, { values, keywords }: Omit<CallText, "path">): string {
  const known = keywords.filter(([keyword]) => keywordsOf[method]?.includes(keyword));
  return `${table}.${method}(${argumentsText({ path: [table, method], values, keywords: known })})`;
}
