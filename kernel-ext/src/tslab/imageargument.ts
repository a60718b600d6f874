import { argumentAt, callWith } from "./callargument";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** A path where its image was meant. */
export function adviseImagePath(message: string, source: string, offset: number): string[] {
  if (!/^Argument of type 'string' is not assignable to parameter of type 'NdArray</.test(message)) return [];
  const found = argumentAt(parsed(source), offset);
  return found ? [`Write ${callWith(found, `await imread(${found.argument.getText()})`)}`] : [];
}

/** A mask where `imshow` takes options, or as one of them that it doesn't have: the mask comes first. */
export function adviseShownMask(message: string, source: string, offset: number): string[] {
  const [first = ""] = message.split("\n");
  const file = parsed(source);
  if (/^Argument of type 'NdArray<.* of type 'MaskOptions'/.test(first)) {
    const [before, after] = argumentAt(file, offset)?.call.arguments.map((each) => each.getText()) ?? [];
    if (before === undefined || after === undefined) return [];
    const isFirst = maskName.test(before) && !maskName.test(after);
    return [isFirst ? `Write ${call(before, after)}` : shown(after, before)];
  }
  if (!/'(mask|masks|labels?|overlay|segmentation)' does not exist in type 'MaskOptions'/.test(first))
    return [];
  const option = innermost(file, offset, ts.isObjectLiteralElementLike);
  const image = innermost(file, offset, ts.isCallExpression)?.arguments[0]?.getText();
  const mask = option && ts.isPropertyAssignment(option) ? option.initializer : option?.name;
  return image === undefined || !mask ? [] : [shown(mask.getText(), image)];
}

/** Several images in a list: a mask is shown over its image, others one by one. */
export function adviseShownList(message: string, source: string, offset: number): string[] {
  const found = isListForArray(message) ? argumentAt(parsed(source), offset) : undefined;
  if (found?.call.expression.getText() !== "imshow" || !ts.isArrayLiteralExpression(found.argument))
    return [];
  const images = found.argument.elements.map((image) => image.getText());
  if (images.length === 0 || !/^Argument of type '\(?NdArray</.test(message)) return [];
  const mask = images.length === 2 ? images.find((image) => maskName.test(image)) : undefined;
  const image = images.find((each) => each !== mask);
  if (mask !== undefined && image !== undefined) return [`Write ${call(mask, image)}`];
  return [`Write ${images.map((each) => `imshow(${each})`).join("; ")}`];
}

/** Numbers in lists where an array is needed. */
export function adviseListArgument(message: string, source: string, offset: number): string[] {
  const isOfNumbers = /^Argument of type 'number(\[\])+'/.test(message) && isListForArray(message);
  const found = isOfNumbers ? argumentAt(parsed(source), offset) : undefined;
  return found ? [`Write ${callWith(found, `ndarray(${found.argument.getText()})`)}`] : [];
}

const isListForArray = (message: string): boolean =>
  /^Argument of type '[^\n]*\[\]' is not assignable to parameter of type 'NdArray</.test(message);

/** How masks are called, and what makes them. */
const maskName = /mask|label|segment|truth/i;

const call = (mask: string, image: string): string => `imshow(${mask}, { image: ${image} })`;

const shown = (mask: string, image: string): string => `The mask comes first: ${call(mask, image)}`;
