import { isBuiltin } from "node:module";
import type * as TypeScript from "typescript";
import type { Completion, Inspection } from "../interpreter";
import { log } from "../log";
import type { CompilerHost } from "./compilerhost";
import { completionOf } from "./completion";
import { Definitions } from "./definitions";
import { completeFilePath } from "./filepath";
import { adviseImport, exportsOf } from "./importline";
import { completeImportPath } from "./importpath";
import { inspectedPosition, inspectionOf } from "./inspection";
import { LanguageService, type OpenCell } from "./languageservice";
import { ts } from "./library";
import { innermost } from "./node";
import { dependenciesOf } from "./packages";

/** Whether a type is of objects with keys: what texts, lists and arrays have are methods. */
function isOfKeys(type: TypeScript.Type, checker: TypeScript.TypeChecker): boolean {
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  const isList = type.getProperties().some(({ name }) => name.startsWith("__@iterator"));
  return isObject && !isList && !checker.isArrayLikeType(type) && type.getProperty("dtype") === undefined;
}

/** Helps with a cell that is being written. */
export class Editor {
  readonly #service: LanguageService;
  /** Where cells import from. */
  readonly folder: string;
  readonly #definitions = new Definitions();
  #declarations = "";

  /** @param host what tslab's program is made with, before it is made */
  constructor(host: CompilerHost) {
    this.#service = new LanguageService(host);
    this.folder = host.getCurrentDirectory();
  }

  /** Let later cells see what a cell declares that has run. */
  adopt(code: string, declarations: string): void {
    this.#declarations = declarations;
    this.#definitions.add(code);
  }

  /** Remember what a cell would have declared that failed. */
  reject(code: string, cellName: string): void {
    this.#definitions.fail(code, cellName);
  }

  /** Remember what a cell would have declared that TypeScript refused, but not its imports: those may be wrong. */
  refuse(code: string, cellName: string): void {
    this.#definitions.fail(code, cellName, (statement) => !ts.isImportDeclaration(statement));
  }

  /** The cell that failed before a name was there. */
  failedCell(name: string): string | undefined {
    return this.#definitions.failedCell(name);
  }

  /** The statement of a cell that has run which defines a name. */
  definitionOf(name: string): string | undefined {
    return this.#definitions.find(name);
  }

  complete(code: string, offset: number): Completion {
    const imported = completeImportPath(code, offset, this.folder);
    if (imported) return imported;
    const cell = this.#open(code);
    const completion = completionOf(cell, code, offset);
    if (completion.matches.length > 0) return completion;
    return completeFilePath(cell, code, offset, this.folder) ?? completion;
  }

  inspect(code: string, offset: number, isDetailed: boolean): Inspection | undefined {
    const cell = this.#open(code);
    const inspection = inspectionOf(cell, code, offset);
    const source = inspection && isDetailed ? this.#sourceOf(cell, code, offset) : undefined;
    return inspection && { ...inspection, ...(source !== undefined && { source }) };
  }

  /**
   * How to import a name: from bioengine, the notebook's packages, what cells have imported, or Node.js.
   *
   * @param options.isExact without names that are only like it; default false
   */
  adviseImport(name: string, { isExact = false }: { isExact?: boolean } = {}): string[] {
    const packages = new Set(["bioengine", ...dependenciesOf(this.folder), ...this.#definitions.modules]);
    const known = [...packages].filter((from) => !isBuiltin(from));
    return this.#find(() => adviseImport(name, (code) => this.#open(code), known, isExact));
  }

  /** The names that a package exports. */
  exportsOf(from: string): string[] {
    return this.#find(() => exportsOf(from, (code) => this.#open(code)));
  }

  /** What a look into a cell finds that mends its error. */
  look(code: string, work: (cell: OpenCell) => string[]): string[] {
    return this.#find(() => work(this.#open(code)));
  }

  /**
   * The members, keys or exports that fit at a place of a cell.
   *
   * @param options.isCalled only what can be called; default false
   */
  membersAt(code: string, offset: number, { isCalled = false }: { isCalled?: boolean } = {}): string[] {
    return this.#find(() => {
      const { service, file, start } = this.#open(code);
      const info = service.getCompletionsAtPosition(file.fileName, start + offset, {});
      const entries = info?.entries ?? [];
      const names = entries
        .filter(({ kind }) => !isCalled || kind === ts.ScriptElementKind.memberFunctionElement)
        .map(({ name }) => name);
      // Where nothing particular fits, TypeScript lists all that is in scope.
      return names.includes("globalThis") ? [] : names;
    });
  }

  /** What an object in braces, around a place of a cell, may have, what it must have first; nothing of lists. */
  keysAt(code: string, offset: number): string[] {
    return this.#find(() => {
      const { checker, file, start } = this.#open(code);
      const literal = innermost(file, start + offset, ts.isObjectLiteralExpression);
      const type = literal && checker.getContextualType(literal);
      if (!type) return [];
      const isOptional = ({ flags }: TypeScript.Symbol): number => flags & ts.SymbolFlags.Optional;
      const types = type.isUnion() ? type.types : [type];
      const [first, ...others] = types.filter((each) => isOfKeys(each, checker));
      // A key of each, as TypeScript has it of a union.
      const keys = (first?.getProperties() ?? []).filter(({ name }) =>
        others.every((each) => each.getProperty(name)),
      );
      return keys.sort((one, other) => isOptional(one) - isOptional(other)).map(({ name }) => name);
    });
  }

  /**
   * The keys, as `keysAt` gives them, that a value may be the value of.
   *
   * @param before the cell's text up to the object in braces
   */
  keysTaking(before: string, value: string): string[] {
    const keys = this.keysAt(`${before}{ })`, before.length + 1);
    return this.#find(() => {
      const written = keys.map((key) => `${JSON.stringify(key)}: ${value}`).join(", ");
      const { checker, file, start } = this.#open(`${before}{ ${written} })`);
      const literal = innermost(file, start + before.length, ts.isObjectLiteralExpression);
      return keys.filter((_, index) => {
        const property = literal?.properties[index];
        if (!property || !ts.isPropertyAssignment(property)) return false;
        const type = checker.getContextualType(property.initializer);
        return type && checker.isTypeAssignableTo(checker.getTypeAtLocation(property.initializer), type);
      });
    });
  }

  /** Look for what mends an error; the error must be shown also when TypeScript fails at it. */
  #find(work: () => string[]): string[] {
    try {
      return work();
    } catch (error) {
      log(`found no advice: ${error instanceof Error ? error.message : error}`);
      return [];
    }
  }

  #open(code: string): OpenCell {
    return this.#service.open(this.#declarations, code);
  }

  /** The text that defines the name at an offset. */
  #sourceOf(cell: OpenCell, code: string, offset: number): string | undefined {
    const position = inspectedPosition(cell, code, offset);
    if (position === undefined) return undefined;
    const [definition] = cell.service.getDefinitionAtPosition(cell.file.fileName, position) ?? [];
    if (!definition) return undefined;
    const { fileName, name, contextSpan } = definition;
    const own = this.#service.isDeclarations(fileName) ? this.#definitions.find(name) : undefined;
    if (own !== undefined || !contextSpan) return own;
    const { start, length } = contextSpan;
    return cell.service
      .getProgram()
      ?.getSourceFile(fileName)
      ?.text.slice(start, start + length);
  }
}
