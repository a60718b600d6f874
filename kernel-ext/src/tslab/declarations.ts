import type * as TypeScript from "typescript";
import { ts } from "./library";

/** A declaration of one name; `undefined` for what declares none. */
interface Declaration {
  readonly name: string | undefined;
  readonly text: string;
}

/**
 * Take some of the declarations out of a text of them.
 *
 * @param declarations what cells declare, as in a `.d.ts` file
 * @param isWanted also asked about what has no name
 */
export function selectDeclarations(
  declarations: string,
  isWanted: (name: string | undefined) => boolean,
): string {
  const file = ts.createSourceFile("cells.d.ts", declarations, ts.ScriptTarget.Latest, true);
  return file.statements
    .flatMap(declarationsIn)
    .filter(({ name }) => isWanted(name))
    .map(({ text }) => `${text.trim()}\n`)
    .join("");
}

function declarationsIn(statement: TypeScript.Statement): Declaration[] {
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    const start = declarations[0]?.getStart() ?? 0;
    const head = statement.getFullText().slice(0, start - statement.pos);
    return declarations.map((each) => ({ name: each.name.getText(), text: `${head}${each.getText()};` }));
  }
  if (ts.isImportDeclaration(statement) && statement.importClause) {
    const head = statement.importClause.isTypeOnly ? "import type" : "import";
    const tail = `from ${statement.moduleSpecifier.getText()};`;
    return bindingsOf(statement.importClause).map(({ name, text }) => ({
      name,
      text: `${head} ${text} ${tail}`,
    }));
  }
  const name =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
      ? statement.name?.text
      : undefined;
  return [{ name, text: statement.getFullText() }];
}

function bindingsOf({ name, namedBindings }: TypeScript.ImportClause): Declaration[] {
  const first = name ? [{ name: name.text, text: name.text }] : [];
  if (!namedBindings) return first;
  const others = ts.isNamespaceImport(namedBindings)
    ? [{ name: namedBindings.name.text, text: namedBindings.getText() }]
    : namedBindings.elements.map((each) => ({ name: each.name.text, text: `{ ${each.getText()} }` }));
  return [...first, ...others];
}
