import { TextProtoError, type Token, tokensOf } from "./textprototoken";

/** A value in protobuf's text format: what it means depends on its field. */
export type ProtoValue =
  | { readonly kind: "word" | "number" | "string"; readonly text: string; readonly line: number }
  | { readonly kind: "message"; readonly fields: readonly ProtoField[]; readonly line: number };

/** A field as written once; a field of many values may be written many times. */
export interface ProtoField {
  readonly name: string;
  readonly values: readonly ProtoValue[];
  readonly line: number;
}

const maximumDepth = 100;

class Parser {
  private readonly tokens: Iterator<Token, void>;
  private next: Token;

  constructor(text: string) {
    this.tokens = tokensOf(text);
    this.next = this.read();
  }

  private read(): Token {
    const { value } = this.tokens.next();
    return value ?? this.next;
  }

  private take(): Token {
    const token = this.next;
    this.next = this.read();
    return token;
  }

  private is(mark: string): boolean {
    return this.next.kind === "mark" && this.next.text === mark;
  }

  private skip(mark: string): boolean {
    const found = this.is(mark);
    if (found) this.take();
    return found;
  }

  private fail(expected: string): never {
    throw new TextProtoError(`${expected} must stand here, got ${this.next.text}`, this.next.line);
  }

  /** Fields up to the mark that ends their message, or to the end of the text. */
  fields(closing: string | undefined, depth: number): ProtoField[] {
    const fields: ProtoField[] = [];
    while (closing === undefined ? this.next.kind !== "end" : !this.skip(closing)) {
      if (this.next.kind !== "word") this.fail(`a field's name${closing ? ` or ${closing}` : ""}`);
      const { text: name, line } = this.take();
      fields.push({ name, values: this.values(depth), line });
      if (!this.skip(";")) this.skip(",");
    }
    return fields;
  }

  private values(depth: number): ProtoValue[] {
    const colon = this.skip(":");
    if (!this.skip("[")) return [this.value(colon, depth)];
    const values: ProtoValue[] = [];
    if (this.skip("]")) return values;
    do values.push(this.value(colon, depth));
    while (this.skip(","));
    if (!this.skip("]")) this.fail(", or ]");
    return values;
  }

  private value(colon: boolean, depth: number): ProtoValue {
    const { line } = this.next;
    for (const [opening, closing] of ["{}", "<>"]) {
      if (!this.skip(opening)) continue;
      if (depth >= maximumDepth) throw new TextProtoError("messages are nested too deep", line);
      return { kind: "message", fields: this.fields(closing, depth + 1), line };
    }
    if (!colon) this.fail(": or {");
    const sign = this.skip("-") ? "-" : "";
    const { kind } = this.next;
    if (kind === "string" && sign === "") {
      let text = "";
      // Strings that follow each other are one.
      while (this.next.kind === "string") text += this.take().text;
      return { kind, text, line };
    }
    if (kind === "number" || kind === "word") return { kind, text: sign + this.take().text, line };
    return this.fail("a value");
  }
}

/**
 * Read protobuf's text format, in which Triton's config.pbtxt is written.
 *
 * https://protobuf.dev/reference/protobuf/textformat-spec, without extensions and Any messages.
 *
 * @throws {TextProtoError} if the text is not in the format; says the line
 * @example
 * parseTextProto("max_batch_size: 4")[0].name; // "max_batch_size"
 */
export function parseTextProto(text: string): ProtoField[] {
  return new Parser(text).fields(undefined, 0);
}
