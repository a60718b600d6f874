import { argumentAt, callWith } from "./callargument";
import type { Editor } from "./editor";
import { ts } from "./library";
import { innermost } from "./node";

/** A size where a footprint is needed, `median(image, 3)` or `median(image, { size: 3 })`: the call with one. */
export function adviseFootprint(message: string, source: string, offset: number, editor: Editor): string[] {
  if (!sizes.test(message)) return [];
  return editor.look(source, ({ checker, file, start }) => {
    const options = innermost(file, start + offset, ts.isObjectLiteralExpression);
    const found = argumentAt(file, options?.getStart(file) ?? start + offset);
    if (!found) return [];
    const place = found.call.arguments.indexOf(found.argument);
    const parameter = checker.getResolvedSignature(found.call)?.getParameters()[place];
    if (parameter?.name !== "footprint") return [];
    const [option] = ts.isObjectLiteralExpression(found.argument) ? found.argument.properties : [];
    if (!option) return [`Write ${callWith(found, `disk(${found.argument.getText(file)})`)}`];
    if (!ts.isPropertyAssignment(option) || !/size|radius|width/i.test(option.name.getText(file))) return [];
    const size = option.initializer.getText(file);
    const isRadius = /radius/i.test(option.name.getText(file));
    const footprint = isRadius ? `disk(${size})` : `footprintRectangle([${size}, ${size}])`;
    return [`Write ${callWith(found, footprint)}`];
  });
}

const sizes =
  /^Argument of type '(number|\{ \w+: number; })' is not assignable to parameter of type 'NdArray<|does not exist in type 'NdArray</;
