import type * as TypeScript from "typescript";
import type { CompilerHost } from "./compilerhost";
import { objectAllocator, ts } from "./library";

// Doc comments are read of a file when somebody asks for one: those of all libraries take as long as a quarter of the
// compiler's start.

/** Methods of TypeScript's symbols and signatures that look at doc comments. */
const askingMethods = [
  "getDocumentationComment",
  "getContextualDocumentationComment",
  "getJsDocTags",
  "getContextualJsDocTags",
];

/** Let files be parsed without their doc comments, which come when they are asked for. */
export function postponeDocComments(host: CompilerHost): void {
  // An older TypeScript always parses them.
  if (ts.JSDocParsingMode === undefined) return;
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const { prototype: symbol } = objectAllocator.getSymbolConstructor();
  const { prototype: signature } = objectAllocator.getSignatureConstructor();
  readBefore(symbol, ({ declarations }: TypeScript.Symbol) => declarations);
  readBefore(signature, ({ declaration }: TypeScript.Signature) => declaration && [declaration]);
}

/** Make an object's methods read the doc comments of its declarations first. */
function readBefore<T extends object>(
  prototype: T,
  declarationsOf: (object: T) => readonly TypeScript.Node[] | undefined,
): void {
  for (const name of askingMethods) {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== "function") continue;
    Reflect.set(prototype, name, function (this: T, ...parameters: unknown[]) {
      readDocComments(declarationsOf(this));
      return method.apply(this, parameters);
    });
  }
}

const read = new WeakSet<TypeScript.SourceFile>();

/**
 * Read the doc comments of the files of declarations.
 *
 * @returns whether there were files whose comments hadn't been read
 */
export function readDocComments(declarations: readonly TypeScript.Node[] = []): boolean {
  const files = declarations.map((declaration): TypeScript.SourceFile | undefined =>
    declaration.getSourceFile(),
  );
  const unread = files.filter((file) => file !== undefined).filter(isUnread);
  for (const file of new Set(unread)) {
    read.add(file);
    const { fileName, text, languageVersion, impliedNodeFormat } = file;
    const options = { languageVersion, impliedNodeFormat, jsDocParsingMode: ts.JSDocParsingMode.ParseAll };
    copyDocComments(ts.createSourceFile(fileName, text, options, true), file);
  }
  return unread.length > 0;
}

/** TypeScript keeps to itself how it parsed a file. */
const isUnread = (file: TypeScript.SourceFile): boolean =>
  Reflect.get(file, "jsDocParsingMode") === ts.JSDocParsingMode?.ParseNone && !read.has(file);

/** Give nodes the doc comments that those of the same text have. */
function copyDocComments(from: TypeScript.Node, to: TypeScript.Node): void {
  const comments: TypeScript.JSDoc[] | undefined = Reflect.get(from, "jsDoc");
  if (comments) {
    for (const comment of comments) Reflect.set(comment, "parent", to);
    // What is deprecated is a flag, and a modifier that TypeScript may have looked for in vain.
    Object.assign(to, { jsDoc: comments, flags: to.flags | from.flags, modifierFlagsCache: 0 });
  }
  const children: TypeScript.Node[] = [];
  ts.forEachChild(to, (child) => {
    children.push(child);
  });
  let index = 0;
  ts.forEachChild(from, (child) => copyDocComments(child, children[index++]));
}
