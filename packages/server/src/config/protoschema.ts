import { nearestOption } from "@bioengine/ndarray";
import type { ProtoField, ProtoValue } from "./textproto";
import { TextProtoError } from "./textprototoken";

/** How a field is read. */
export interface FieldType<T> {
  /** What a field that is not there means; undefined: it is left out. */
  readonly absent: () => T;
  /** Whether it may be written many times. */
  readonly many?: boolean;
  /** @throws {TextProtoError} if the values are not the field's */
  read(values: readonly ProtoValue[], name: string): T;
}

/** The fields of a message, by name, in protobuf's order. */
export type Schema = Readonly<Record<string, FieldType<unknown>>>;

/** What a message of a schema holds. */
export type Message<S extends Schema> = {
  readonly [Name in keyof S]: S[Name] extends FieldType<infer T> ? T : never;
};

const shown = (value: ProtoValue): string => (value.kind === "message" ? "a message" : value.text);

function wrong(name: string, requirement: string, value: ProtoValue): never {
  throw new TextProtoError(`${name} must be ${requirement}, got ${shown(value)}`, value.line);
}

/** A field of one value. */
function single<T>(absent: T, read: (value: ProtoValue, name: string) => T): FieldType<T> {
  return { absent: () => absent, read: ([value], name) => read(value, name) };
}

/** A text. */
export const text: FieldType<string> = single("", (value, name) =>
  value.kind === "string" ? value.text : wrong(name, "a string in quotes", value),
);

/** A whole number of at least `minimum`. */
export function integer(minimum: number = Number.MIN_SAFE_INTEGER): FieldType<number> {
  return single(0, (value, name) => {
    const found = value.kind === "number" ? wholeNumber(value.text) : undefined;
    if (found === undefined) return wrong(name, "a whole number", value);
    return found < minimum ? wrong(name, `at least ${minimum}`, value) : found;
  });
}

/** A number. */
export const decimal: FieldType<number> = single(0, (value, name) => {
  const found = value.kind === "number" ? Number(value.text.replace(/f$/i, "")) : Number.NaN;
  return Number.isFinite(found) ? found : wrong(name, "a number", value);
});

function wholeNumber(digits: string): number | undefined {
  const [, sign, written] = digits.match(/^(-?)(0[xX][0-9a-fA-F]+|[0-9]+)$/) ?? [];
  if (written === undefined) return undefined;
  const found = /^0[0-7]+$/.test(written) ? Number.parseInt(written, 8) : Number(written);
  return Number.isSafeInteger(found) && !/^0\d*[89]/.test(written) ? (sign ? -found : found) : undefined;
}

const truths: Record<string, boolean> = {
  ...{ true: true, True: true, t: true, 1: true },
  ...{ false: false, False: false, f: false, 0: false },
};

/** True or false. */
export const flag: FieldType<boolean> = single(false, (value, name) => {
  const found = value.kind === "word" || value.kind === "number" ? truths[value.text] : undefined;
  return found ?? wrong(name, "true or false", value);
});

/** One of some words, the first of them if it is left out; the number of its place also names it. */
export function choice<const Names extends readonly string[]>(names: Names): FieldType<Names[number]> {
  return single<Names[number]>(names[0], (value, name) => {
    const written = value.kind === "word" ? value.text : undefined;
    const place = value.kind === "number" ? wholeNumber(value.text) : names.indexOf(written ?? "");
    const found = place === undefined ? undefined : names[place];
    return found ?? wrong(name, `one of ${names.join(", ")}`, value);
  });
}

/** A field of many values. */
export function repeated<T>(item: FieldType<T>): FieldType<NonNullable<T>[]> {
  return {
    absent: () => [],
    many: true,
    read: (values, name) =>
      values.map((value) => item.read([value], name)).filter((one) => one !== undefined && one !== null),
  };
}

/** Values by their keys; of two with one key, the last counts. */
export function map<T>(item: FieldType<T>): FieldType<Readonly<Record<string, T>>> {
  const entry = message({ key: text, value: item });
  return {
    absent: () => ({}),
    many: true,
    read: (values, name) =>
      Object.fromEntries(
        values.map((value) => {
          const read = entry.read([value], name);
          const absent = () => item.absent() ?? item.read([{ ...value, kind: "message", fields: [] }], name);
          return [read?.key ?? "", read?.value ?? absent()];
        }),
      ),
  };
}

/** A message of any fields, of which only whether it is there counts. */
export const anything: FieldType<boolean> = {
  absent: () => false,
  many: true,
  read: () => true,
};

/** A message. */
export function message<S extends Schema>(schema: S): FieldType<Message<S> | undefined> {
  return single<Message<S> | undefined>(undefined, (value, name) =>
    value.kind === "message"
      ? readMessage(value.fields, schema, name)
      : wrong(name, "a message in braces", value),
  );
}

/**
 * Read a message's fields.
 *
 * @param name of the message, for the words of an error
 * @throws {TextProtoError} if a field is unknown, twice there, or not of its type
 */
export function readMessage<S extends Schema>(
  fields: readonly ProtoField[],
  schema: S,
  name: string,
): Message<S> {
  const names = Object.keys(schema);
  const unknown = fields.find((field) => !Object.hasOwn(schema, field.name));
  if (unknown !== undefined) {
    const meant = nearestOption(unknown.name, names);
    const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
    throw new TextProtoError(
      `the fields of ${name} must be among ${names.join(", ")}, got ${unknown.name}${advice}`,
      unknown.line,
    );
  }
  const read = names.map((fieldName) => {
    const type = schema[fieldName];
    const given = fields.filter((field) => field.name === fieldName);
    if (given.length === 0) return [fieldName, type.absent()];
    const values = given.flatMap((field) => field.values);
    if (!type.many && (given.length > 1 || values.length !== 1)) {
      throw new TextProtoError(`${fieldName} of ${name} must be given once`, given[given.length - 1].line);
    }
    return [fieldName, type.read(values, fieldName)];
  });
  return Object.fromEntries(read) as Message<S>;
}
