/** Why a text is not in protobuf's text format, and where. */
export class TextProtoError extends Error {
  override name = "TextProtoError";

  constructor(
    message: string,
    /** Line of the text, from 1. */
    readonly line: number,
  ) {
    super(`line ${line}: ${message}`);
  }
}

/** A piece of the text: a word, a number, a string, a mark such as `{`, or its end. */
export interface Token {
  readonly kind: "word" | "number" | "string" | "mark" | "end";
  /** As written; of a string, its content. */
  readonly text: string;
  readonly line: number;
}

const space = /(?:[ \t\r\n\v\f]|#[^\n]*)+/y;
const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?/y;
const quoted = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const escaped =
  /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([abfnrtv?'"\\])|(.?))/gsu;
const named: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The content of a string between its quotes; its escapes may write single bytes of UTF-8. */
function unescaped(text: string, line: number): string {
  if (!text.includes("\\")) return text;
  const parts: Uint8Array[] = [];
  let position = 0;
  const push = (end: number) => parts.push(Buffer.from(text.slice(position, end)));
  for (const found of text.matchAll(escaped)) {
    push(found.index);
    position = found.index + found[0].length;
    const [, octal, hex, short, long, letter, other] = found;
    if (other !== undefined) throw new TextProtoError(`unknown escape \\${other} in a string`, line);
    const code = short ?? long;
    if (code !== undefined) parts.push(codePoint(Number.parseInt(code, 16), found[0], line));
    else if (letter !== undefined) parts.push(Uint8Array.of(named[letter] ?? letter.charCodeAt(0)));
    else
      parts.push(Uint8Array.of(octal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8)));
  }
  push(text.length);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    throw new TextProtoError("a string must be UTF-8", line);
  }
}

function codePoint(code: number, text: string, line: number): Uint8Array {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    throw new TextProtoError(`${text} is no character`, line);
  }
  return Buffer.from(String.fromCodePoint(code));
}

/**
 * Cut a text in protobuf's text format into its pieces; spaces and comments are left out.
 *
 * @throws {TextProtoError} at what is no piece
 */
export function* tokensOf(text: string): Generator<Token, void> {
  let [position, line] = [0, 1];
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  };
  while (true) {
    const gap = match(space);
    if (gap !== undefined) line += gap.split("\n").length - 1;
    if (position >= text.length) break;
    const name = match(word);
    if (name !== undefined) {
      yield { kind: "word", text: name, line };
      continue;
    }
    const digits = match(number);
    if (digits !== undefined) {
      if (/[A-Za-z0-9_]/.test(text.charAt(position))) {
        throw new TextProtoError(`a space must follow the number ${digits}`, line);
      }
      yield { kind: "number", text: digits, line };
      continue;
    }
    const content = match(quoted);
    if (content !== undefined) {
      yield { kind: "string", text: unescaped(content.slice(1, -1), line), line };
      continue;
    }
    const mark = text[position++];
    if (mark === '"' || mark === "'") throw new TextProtoError("a string must end on its line", line);
    if (!"{}<>[]:;,-".includes(mark)) throw new TextProtoError(`unexpected ${JSON.stringify(mark)}`, line);
    yield { kind: "mark", text: mark, line };
  }
  yield { kind: "end", text: "the end", line };
}
