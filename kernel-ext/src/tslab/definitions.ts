import type * as TypeScript from "typescript";
import { ts } from "./library";

/** The statements of the cells so far that define what later ones use, by name. */
export class Definitions {
  readonly #sources = new Map<string, string>();
  readonly #modules = new Set<string>();

  /** Remember what a cell that has run defines. */
  add(code: string): void {
    const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
    for (const statement of file.statements) {
      const source = code.slice(statement.getStart(file, true), statement.end);
      if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
        this.#modules.add(statement.moduleSpecifier.text);
      }
      for (const name of definedNames(statement)) this.#sources.set(name, source);
    }
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
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function boundNames(name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}
