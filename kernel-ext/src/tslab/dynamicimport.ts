import type * as TypeScript from "typescript";
import { ts } from "./library";

/** Name by which compiled code calls what loads an ES module before it is required. */
export const PREPARE = "__prepare";

/**
 * Makes `__prepare(name).then((name) => import(name))` of `import(name)`, which becomes a `require`: that finds no
 * package which has only an `import` condition, and no module that awaits.
 */
export const dynamicImports: TypeScript.TransformerFactory<TypeScript.SourceFile> = (context) => {
  const { factory } = context;
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    const visited = ts.visitEachChild(node, visit, context);
    if (!ts.isCallExpression(visited) || visited.expression.kind !== ts.SyntaxKind.ImportKeyword)
      return visited;
    const [specifier, ...rest] = visited.arguments;
    if (specifier === undefined) return visited;
    const name = factory.createUniqueName("name");
    const load = factory.createArrowFunction(
      undefined,
      undefined,
      [factory.createParameterDeclaration(undefined, undefined, name)],
      undefined,
      undefined,
      factory.updateCallExpression(visited, visited.expression, undefined, [name, ...rest]),
    );
    const prepared = factory.createCallExpression(factory.createIdentifier(PREPARE), undefined, [specifier]);
    const then = factory.createPropertyAccessExpression(prepared, "then");
    return ts.setTextRange(factory.createCallExpression(then, undefined, [load]), node);
  };
  return (file) => ts.visitEachChild(file, visit, context);
};
