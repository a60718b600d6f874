import type * as TypeScript from "typescript";
import { prefixMethods, writtenOf } from "./arraylogic";
import type { CompilerHost } from "./compilerhost";
import type { Editor } from "./editor";
import { ts } from "./library";
import type { Misuse } from "./misuse";
import { tableBracketsIn } from "./tablebrackets";
import { cellFile } from "./transformer";

type Negation = TypeScript.PrefixUnaryExpression & { operator: TypeScript.SyntaxKind.ExclamationToken };

/** TypeScript's own number of a condition that is always true. */
const ALWAYS_TRUE = 2801;
/** TypeScript's own number of a variable that is used before it has a value. */
const NO_VALUE = 2454;
/** TypeScript's own numbers of operators between what has none. */
const ofOperators = [2362, 2363, 2365, 2367, 2447];
/** TypeScript's own number of an operator that a type doesn't have. */
const NO_OPERATOR = 2736;

/**
 * Refuse cells that use an array as a truth value or negate it: `mask.greater(0) && image.greater(50)` gives the second
 * one, where Python raises an error; and those that give a whole shape to the last of several variables.
 *
 * @param host what tslab's program is made with, before it is made
 */
export function refuseArrayMisuse(host: CompilerHost): void {
  const { createProgram } = host;
  host.createProgram = (...parts) => {
    const builder = createProgram(...parts);
    const program = builder.getProgram();
    const { getSemanticDiagnostics } = program;
    program.getSemanticDiagnostics = (file, cancellation) => {
      const found = getSemanticDiagnostics(file, cancellation);
      if (!file || !cellFile.test(file.fileName)) return found;
      const checker = program.getTypeChecker();
      const own = [...misusesIn(file, checker), ...tableBracketsIn(file, checker)].map(
        ({ node, code, message }) => ({
          ...{ file, code, messageText: message, category: ts.DiagnosticCategory.Error },
          ...{ start: node.getStart(file), length: node.getWidth(file), end: node.end },
        }),
      );
      if (own.length === 0) return found;
      // What else is wrong with the same expression follows from it.
      const others = found.filter(
        ({ start = 0, code }) =>
          !own.some((each) => {
            const isInside = each.start <= start && start < each.end;
            return start === each.start || (isInside && ofOperators.includes(code));
          }),
      );
      return [...own, ...others].sort((one, other) => (one.start ?? 0) - (other.start ?? 0));
    };
    return builder;
  };
}

/** The line for what is refused so. */
export function adviseArrayMisuse(source: string, offset: number, editor: Editor): string[] {
  return editor.look(source, ({ checker, file, start }) =>
    [...misusesIn(file, checker), ...tableBracketsIn(file, checker)]
      .filter(({ node }) => node.getStart(file) === start + offset)
      .map(({ advice }) => advice),
  );
}

function misusesIn(file: TypeScript.SourceFile, checker: TypeScript.TypeChecker): Misuse[] {
  const found: Misuse[] = [];
  const isArray = (node: TypeScript.Expression): boolean =>
    checker.getTypeAtLocation(node).getProperty("logicalNot") !== undefined;

  /** Whether an array is there for certain: cells are checked without `strictNullChecks`, so that a type can't tell. */
  const isCertain = (node: TypeScript.Expression): boolean => {
    if (ts.isCallExpression(node)) {
      // What a call was resolved to is kept; the types of other expressions are found anew.
      const type = checker.getResolvedSignature(node)?.declaration?.type;
      return type !== undefined && ts.isTypeReferenceNode(type) && nameOf(type.typeName) === "NdArray";
    }
    const variable = ts.isIdentifier(node) && checker.getSymbolAtLocation(node)?.valueDeclaration;
    if (!variable || !ts.isVariableDeclaration(variable)) return false;
    if (!(ts.getCombinedNodeFlags(variable) & ts.NodeFlags.Const)) return false;
    const { initializer } = variable;
    if (initializer) return !variable.type && ts.isCallExpression(initializer) && isCertain(initializer);
    // Of an earlier cell: what compares gives such arrays, no search for one does.
    const isPlain = variable.type !== undefined && !ts.isUnionTypeNode(variable.type);
    return isPlain && checker.typeToString(checker.getTypeFromTypeNode(variable.type)) === 'NdArray<"bool">';
  };

  /** Whether an expression would be an array, had arrays such operators. */
  const isMeant = (node: TypeScript.Expression): boolean => {
    if (ts.isParenthesizedExpression(node)) return isMeant(node.expression);
    if (isNot(node)) return isMeant(node.operand);
    if (isLogical(node)) return isMeant(node.left) && (isArray(node.right) || isMeant(node.right));
    return isCertain(node);
  };

  const misuseOf = (node: TypeScript.Expression): Misuse | undefined => {
    if (isBitwise(node)) {
      const { text, isArray } = writtenOf(node, checker);
      const message = `An array has no operator '${node.operatorToken.getText()}'`;
      const advice = `There are no operators for it: ${text}`;
      return isArray ? { node, code: NO_OPERATOR, message, advice } : undefined;
    }
    if (!isNot(node) && ts.isPrefixUnaryExpression(node)) {
      if (!prefixMethods.has(node.operator) || ts.isLiteralExpression(node.operand) || !isArray(node.operand))
        return undefined;
      const message = `An array has no operator '${ts.tokenToString(node.operator)}'`;
      return {
        node,
        code: NO_OPERATOR,
        message,
        advice: `There are no operators for it: ${writtenOf(node, checker).text}`,
      };
    }
    const isOfArrays = isMeant(node);
    const refused = isOfArrays || !isLogical(node) ? node : node.left;
    const isTested = refused !== node || isCondition(node);
    if (!(isTested || isNot(node) || isLogical(node)) || !isMeant(refused)) return undefined;
    const text = writtenOf(refused, checker).text;
    return {
      ...{ node: refused, code: ALWAYS_TRUE },
      message: "An array is always true here, whatever its elements are",
      advice: isTested
        ? `Ask for any or all of its elements: ${text}.any() or ${text}.all()`
        : `There are no operators for it: ${text}`,
    };
  };

  const visit = (node: TypeScript.Node): void => {
    const misuse = ts.isVariableDeclarationList(node)
      ? unpackingIn(node)
      : ts.isExpression(node) && canMisuse(node)
        ? misuseOf(node)
        : undefined;
    if (misuse) found.push(misuse);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `let h, w = image.shape`: Python gives each name a number, TypeScript the last one all and the others nothing. */
function unpackingIn(list: TypeScript.VariableDeclarationList): Misuse | undefined {
  const others = [...list.declarations];
  const { name, initializer } = others.pop() ?? {};
  if (others.length === 0 || !initializer || !ts.isPropertyAccessExpression(initializer)) return undefined;
  if (initializer.name.text !== "shape" || others.some((each) => each.initializer || each.type))
    return undefined;
  const [node] = others.map((each) => each.name).filter(ts.isIdentifier);
  if (!node) return undefined;
  const [word = "let"] = /^\w+/.exec(list.getText()) ?? [];
  const names = [...others.map((each) => each.name), name].map((each) => each?.getText());
  return {
    node,
    code: NO_VALUE,
    message: `'${node.text}' gets no value: '${name?.getText()}' gets the whole shape`,
    advice: `In TypeScript: ${word} [${names.join(", ")}] = ${initializer.getText()}`,
  };
}

const nameOf = (name: TypeScript.EntityName): string => (ts.isIdentifier(name) ? name.text : name.right.text);

const isNot = (node: TypeScript.Node): node is Negation =>
  ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;

const isLogical = (node: TypeScript.Node): node is TypeScript.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarBarToken);

const isBitwise = (node: TypeScript.Node): node is TypeScript.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.AmpersandToken ||
    node.operatorToken.kind === ts.SyntaxKind.BarToken);

const canMisuse = (node: TypeScript.Expression): boolean =>
  ts.isPrefixUnaryExpression(node) || isBitwise(node) || isLogical(node) || isCondition(node);

/** Whether an expression, or what it is a part of, decides what is done. */
function isCondition(node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || isNot(parent) || isLogical(parent)) return isCondition(parent);
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) {
    return parent.expression === node;
  }
  return (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node;
}
