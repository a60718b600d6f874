import { arrayCall } from "./arraycall";
import { asOperand } from "./callargument";
import type { CallText } from "./calltext";

/** What a value is for Python's functions that take several kinds. */
export type Kind = "array" | "list" | "number" | "table" | "unknown";

type Write = (values: readonly string[], kind: Kind, keywords: CallText["keywords"]) => string | undefined;

const extreme =
  (name: "max" | "min"): Write =>
  ([value = "values", ...others], kind) => {
    if (kind === "array") return `${asOperand(value)}.${name}()`;
    return others.length > 0 ? `Math.${name}(${[value, ...others].join(", ")})` : `Math.${name}(...${value})`;
  };

const sizes: Readonly<Record<Kind, string>> = {
  array: "shape[0]",
  list: "length",
  number: "length",
  table: "rowCount",
  unknown: "length",
};

const count = (length: string, first: string): string =>
  `Array.from({ length: ${length} }, (_, index) => ${first === "0" ? "index" : `${first} + index`})`;

const truncated = (value: string): string => `Math.trunc(Number(${value}))`;

/** Python's own functions, as expressions. */
const calls: Readonly<Record<string, Write>> = {
  abs: ([value], kind) => value && (kind === "array" ? arrayCall("abs", value, []) : `Math.abs(${value})`),
  all: ([values = "values"]) => `${asOperand(values)}.every(Boolean)`,
  any: ([values = "values"]) => `${asOperand(values)}.some(Boolean)`,
  bool: ([value]) => value && `Boolean(${value})`,
  dict: (_, __, keywords) =>
    keywords.length > 0
      ? `({ ${keywords.map(([key, value]) => `${key}: ${value}`).join(", ")} })`
      : undefined,
  enumerate: ([values], kind) =>
    values &&
    `${asOperand(values)}${kind === "table" ? ".rows()" : kind === "array" ? ".toArray()" : ""}.entries()`,
  float: ([value]) => value && `Number(${value})`,
  int: ([value]) => value && truncated(value),
  isinstance: ([value, type]) =>
    type && `typeof ${value} === "${type === "str" ? "string" : type === "bool" ? "boolean" : "number"}"`,
  len: ([value], kind) => value && `${asOperand(value)}.${sizes[kind]}`,
  list: ([value = ""]) => `[...${value}]`,
  max: extreme("max"),
  min: extreme("min"),
  open: ([path]) => path && `readFileSync(${path}, "utf8")`,
  print: (values) => `console.log(${values.join(", ")})`,
  range: ([first, stop]) =>
    first && (stop === undefined ? count(first, "0") : count(`${stop} - ${first}`, first)),
  reversed: ([values]) => values && `${asOperand(values)}.toReversed()`,
  round: ([value, digits], kind) =>
    kind === "array" || value === undefined
      ? undefined
      : digits === undefined
        ? `Math.round(${value})`
        : `Number(${asOperand(value)}.toFixed(${digits}))`,
  set: ([values = ""]) => `new Set(${values})`,
  sorted: ([values], _, keywords) =>
    values &&
    `${asOperand(values)}.toSorted((a, b) => ${keywords.some(([key, value]) => key === "reverse" && value === "true") ? "b - a" : "a - b"})`,
  str: ([value]) => value && `String(${value})`,
  sum: ([values = "values"], kind) =>
    kind === "array"
      ? `${asOperand(values)}.sum()`
      : `${asOperand(values)}.reduce((sum, value) => sum + value, 0)`,
  type: ([value]) => value && `typeof ${value}`,
  zip: ([values, others]) =>
    others && `${asOperand(values ?? "")}.map((value, index) => [value, ${asOperand(others)}[index]])`,
};

/**
 * What a call of one of Python's own functions is in TypeScript.
 *
 * @param kindOf what the first argument is; asked only if need be
 * @returns `undefined` if it is none, or has no such arguments
 */
export function builtinCall({ path, values, keywords }: CallText, kindOf: () => Kind): string | undefined {
  const [name = ""] = path;
  const write = path.length === 1 && Object.hasOwn(calls, name) ? calls[name] : undefined;
  const text = write?.(values, kindOf(), keywords);
  if (text === undefined || text === "") return undefined;
  return name === "open" ? `import { readFileSync } from "node:fs"; ${text}` : text;
}
