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
    const [image, mask] = argumentAt(file, offset)?.call.arguments ?? [];
    return image && mask ? [shown(mask.getText(), image.getText())] : [];
  }
  if (!/'(mask|masks|labels?|overlay|segmentation)' does not exist in type 'MaskOptions'/.test(first))
    return [];
  const option = innermost(file, offset, ts.isObjectLiteralElementLike);
  const call = innermost(file, offset, ts.isCallExpression);
  const image = call?.arguments[0]?.getText();
  const mask = option && ts.isPropertyAssignment(option) ? option.initializer : option?.name;
  return image === undefined || !mask ? [] : [shown(mask.getText(), image)];
}

const shown = (mask: string, image: string): string =>
  `The mask comes first: imshow(${mask}, { image: ${image} })`;
