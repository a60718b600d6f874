import { type ColumnData, type Columns, isMissing, isNumeric, type NamedColumns } from "./column";
import { type ColumnHead, columnHead, headText } from "./columnhead";

function cellText(value: unknown): string {
  if (isMissing(value)) return "";
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

// Semicolons and tabs would be taken for separators.
const quoted = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The name and unit that a column's head tells. */
const headOf = (text: string, values: ColumnData): ColumnHead =>
  isNumeric(values) ? columnHead(text) : { name: text, unit: undefined };

/**
 * The heads of columns with their units.
 *
 * @throws {RangeError} if one would be read as another name or unit
 */
export function headsWithUnits(columns: Columns, units: ReadonlyMap<string, string>): string[] {
  return Array.from(columns, ([name, values]) => {
    const unit = units.get(name);
    const text = headText({ name, unit });
    const read = headOf(text, values);
    if (read.name === name && read.unit === unit) return text;
    throw new RangeError(
      `Cannot write CSV with units: columns of numbers may have one such as µm², px or µm/h, got ${unit ?? "none"} for ${name}`,
    );
  });
}

/**
 * Columns as CSV (RFC 4180).
 *
 * @param heads what the columns are called
 */
export function csvOf(columns: Columns, rowCount: number, heads: readonly string[]): string {
  const lines = [heads.map(quoted).join(",")];
  const cells = [...columns.values()];
  for (let row = 0; row < rowCount; row++) {
    const line = cells.map((values) => quoted(cellText(values[row]))).join(",");
    // All readers pass over an empty line.
    lines.push(line === "" ? '""' : line);
  }
  return `${lines.join("\n")}\n`;
}

/** The records of a text: what is between separators and ends of line, quotes undone. */
function recordsOf(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  // A field, quoted or not, and what ends it.
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r\\n|\\n|\\r|$)`,
    "y",
  );
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) {
      const line = text.slice(0, at).split(/\r\n|\n|\r/).length;
      throw new RangeError(
        `Cannot read CSV: quotes must be closed and doubled within, got others in line ${line}`,
      );
    }
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === separator) {
      if (field.lastIndex === text.length) record.push("");
      else continue;
    }
    // Quotes tell an empty cell from an empty line.
    if (record.length > 1 || record[0] !== "" || match[1] !== undefined) records.push(record);
    record = [];
  }
  return records;
}

// What pandas and R write for it.
const missing = new Set(["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None"]);
const infinities = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);
// A number such as 007 is a name.
const isNumber = (text: string) => /^[+-]?(0|[1-9]\d*|(?=\.\d))(\.\d*)?(e[+-]?\d+)?$/i.test(text);
const isWhole = (text: string) => /^-?(0|[1-9]\d*)$/.test(text);

const isDecimalComma = (text: string) => /^[+-]?\d+,\d+(e[+-]?\d+)?$/i.test(text);

/** Texts of numbers with commas, as spreadsheets of many languages write them, with points. */
function withPoints(texts: readonly string[]): readonly string[] {
  const isOf = (text: string) => missing.has(text) || isNumber(text) || isDecimalComma(text);
  return texts.every((text) => isOf(text.trim())) ? texts.map((text) => text.replace(",", ".")) : texts;
}

/** Texts as what they all are: whole numbers, numbers, true and false, or texts. */
function typed(texts: readonly string[]): ColumnData {
  const cells = texts.map((text) => (missing.has(text.trim()) ? "" : text.trim().toLowerCase()));
  const present = cells.filter((text) => text !== "");
  if (present.length === 0) return texts.map(() => null);
  if (present.length === cells.length && cells.every(isWhole)) {
    const numbers = cells.map(Number);
    if (numbers.every((value) => (value | 0) === value)) return Int32Array.from(numbers);
    if (!numbers.every(Number.isSafeInteger)) {
      const whole = cells.map(BigInt);
      if (whole.every((value) => BigInt.asIntN(64, value) === value)) return BigInt64Array.from(whole);
      return [...texts];
    }
  }
  if (present.every((text) => isNumber(text) || infinities.has(text))) {
    return Float64Array.from(cells, (text) =>
      text === "" ? Number.NaN : (infinities.get(text) ?? Number(text)),
    );
  }
  if (present.every((text) => text === "true" || text === "false")) {
    return cells.map((text) => (text === "" ? null : text === "true"));
  }
  return texts.map((text) => (missing.has(text) ? null : text));
}

/** The separator that the head has most of. */
function separatorOf(text: string): string {
  const [head = ""] = /^(?:"[^"]*"|[^"\r\n])*/.exec(text) ?? [];
  const bare = head.replace(/"[^"]*"/g, "");
  const count = (separator: string) => bare.split(separator).length;
  return [",", ";", "\t"].reduce((best, other) => (count(other) > count(best) ? other : best));
}

/** Columns, and the units of those that have one. */
export interface MeasuredColumns {
  readonly columns: NamedColumns;
  readonly units: Readonly<Record<string, string>>;
}

/** Take the units out of the heads of numbers; where names would no longer differ, the heads are the names. */
function withoutUnits(columns: NamedColumns): MeasuredColumns {
  const heads = columns.map(([text, values]) => headOf(text, values));
  const units: Record<string, string> = {};
  const named = columns.map(([text, values], index) => {
    const { name, unit } = heads[index];
    const isOwn = unit !== undefined && heads.filter((other) => other.name === name).length === 1;
    if (!isOwn) return [text, values] as const;
    units[name] = unit;
    return [name, values] as const;
  });
  return { columns: named, units };
}

/**
 * The columns of a CSV text.
 *
 * @throws {RangeError} if its lines differ in length, quotes are left open, or it is no text
 */
export function columnsOfCsv(text: string): MeasuredColumns {
  if (typeof text !== "string") {
    throw new TypeError(
      `Cannot read CSV: a text is needed, got ${typeof text}; use readCsv(path) for a file`,
    );
  }
  const whole = text.replace(/^\uFEFF/, "");
  if (whole.includes("\0")) {
    throw new RangeError("Cannot read CSV: it must be text in UTF-8, got bytes that are none");
  }
  const separator = separatorOf(whole);
  const [names = [], ...records] = recordsOf(whole, separator);
  const wrong = records.findIndex((record) => record.length !== names.length);
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot read CSV: all rows must have the ${names.length} columns of the head, got ${records[wrong].length} in row ${wrong + 1}`,
    );
  }
  const columns = names.map((name, column) => {
    const texts = records.map((record) => record[column]);
    // Where commas separate no columns, they may be decimal ones.
    return [name, typed(separator === "," ? texts : withPoints(texts))] as const;
  });
  return withoutUnits(columns);
}
