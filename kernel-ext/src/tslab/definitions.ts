import type * as TypeScript from "typescript";
import { ts } from "./library";

/** The statements of the cells so far that define what later ones use, by name. */
export class Definitions {
  readonly #sources = new Map<string, string>();
  readonly #modules = new Set<string>();
  readonly #failedCells = new Map<string, string>();

  /** Remember what a cell that has run defines. */
  add(code: string): void {
    const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
    for (const statement of file.statements) {
      const source = code.slice(statement.getStart(file, true), statement.end);
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
        this.#modules.add(statement.moduleSpecifier.text);
      }
      for (const name of definedNames(statement)) {
        this.#sources.set(name, source);
        this.#failedCells.delete(name);
      }
    }
  }

  /**
   * Remember what a cell would define, had it not failed.
   *
   * @param isMeant which statements count
   */
  fail(
    code: string,
    cellName: string,
    isMeant: (statement: TypeScript.Statement) => boolean = () => true,
  ): void {
    const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
    for (const name of file.statements.filter(isMeant).flatMap(definedNames))
      this.#failedCells.set(name, cellName);
  }

  /** The cell that would define a name, had it not failed. */
  failedCell(name: string): string | undefined {
    return this.#failedCells.get(name);
  }

  /** What the cells have imported from. */
  get modules(): string[] {
    return [...this.#modules];
  }

  find(name: string): string | undefined {
    return this.#sources.get(name);
  }
}

function definedNames(statement: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (ts.isImportDeclaration(statement)) return importedNames(statement.importClause);
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function importedNames(clause: TypeScript.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  const named = bindings && (ts.isNamespaceImport(bindings) ? [bindings] : [...bindings.elements]);
  return [clause, ...(named ?? [])].flatMap((node) => (node?.name ? [node.name.text] : []));
}

function boundNames(name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}
