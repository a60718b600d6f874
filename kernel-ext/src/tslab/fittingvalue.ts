import type * as TypeScript from "typescript";
import { argumentAt, asObject, callWith } from "./callargument";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost } from "./node";

/**
 * A value of which one property was meant, `imshow(await segment(image))`, or a list of which it is an element,
 * `train("cells", pairs[0])`: the line with that.
 */
export function adviseFittingValue(
  message: string,
  source: string,
  offset: number,
  editor: Editor,
): string[] {
  if (!/^(Argument of type|Type) '.*' is (missing|not assignable to)/.test(message)) return [];
  return editor.look(source, ({ checker, file, start }) => {
    const found = argumentAt(file, start + offset);
    const option = found ? undefined : optionAt(file, start + offset);
    const value = found?.argument ?? option?.initializer;
    const wanted = value && checker.getContextualType(value);
    if (!wanted || !isObject(wanted)) return [];
    const type = checker.getTypeAtLocation(value);
    const element = checker.isArrayLikeType(wanted) ? wanted.getNumberIndexType() : undefined;
    const isAny = (type.flags & ts.TypeFlags.Any) !== 0;
    if (element && !isAny && checker.isTypeAssignableTo(type, element)) {
      const sizes = found?.call.arguments ?? [];
      if (sizes.length > 1 && sizes[0] === value && sizes.every(ts.isNumericLiteral)) {
        const list = sizes.map((size) => size.getText(file)).join(", ");
        return [`It takes a list: ${found?.call.expression.getText(file)}([${list}])`];
      }
      const text = `[${value.getText(file)}]`;
      return [`It takes a list: ${found ? callWith(found, text) : `${option?.name.getText(file)}: ${text}`}`];
    }
    if (!isObject(type) || checker.isArrayLikeType(type) || type.getCallSignatures().length > 0) return [];
    const fitting = type.getProperties().filter((property) => {
      const each = checker.getTypeOfSymbolAtLocation(property, value);
      return (
        isObject(each) && each.getCallSignatures().length === 0 && checker.isTypeAssignableTo(each, wanted)
      );
    });
    const meant = fitting.find(({ name }) => name === option?.name.getText(file)) ?? fitting[0];
    if (!meant) return [];
    const text = `${asObject(value)}.${meant.name}`;
    return [`Write ${found ? callWith(found, text) : text}`];
  });
}

const isObject = (type: TypeScript.Type): boolean =>
  type.isUnion() ? type.types.every(isObject) : (type.flags & ts.TypeFlags.Object) !== 0;

/** The option whose name is at an offset. */
function optionAt(file: TypeScript.SourceFile, offset: number): TypeScript.PropertyAssignment | undefined {
  const option = innermost(file, offset, ts.isPropertyAssignment);
  return option?.name.getStart(file) === offset ? option : undefined;
}
