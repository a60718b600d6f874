import type { Editor } from "./editor";

/** Members that arrays have elsewhere, and what does the same here. */
const ofArray: Readonly<Record<string, string>> = {
  T: "transpose()",
  tolist: "toArray()",
  length: "shape[0] for its rows, size for all its elements",
  len: "shape[0]",
  map: "Array.from(image.data, Number).map(…) for its values; whole arrays have methods, such as multiply(2)",
  forEach: "data.forEach((value) => …)",
  reduce: "sum(), max(), mean(), or Array.from(image.data, Number).reduce(…)",
  gt: "greater(…)",
  ge: "greaterEqual(…)",
  lt: "less(…)",
  le: "lessEqual(…)",
  eq: "equal(…)",
  ne: "notEqual(…)",
  sub: "subtract(…)",
  mul: "multiply(…)",
  div: "divide(…)",
  pow: "power(…)",
  sqrt: "power(0.5)",
  square: "power(2)",
  plot: "a function: imshow(image) for an image, histogram(image) for its values",
  show: "a function: imshow(image)",
  plus: "add(…)",
  minus: "subtract(…)",
  ravel: "flatten()",
  median: "percentile(50)",
  clip: "maximum(low).minimum(high)",
  and: "logicalAnd(…)",
  or: "logicalOr(…)",
  not: "logicalNot()",
  abs: "maximum(image.multiply(-1))",
  isin: "a function: keepLabels(mask, [1, 2])",
  asType: "astype(…)",
  nonzero: "notEqual(0)",
  count: "max() for the number of labels, notEqual(0).sum() for that of pixels",
  width: "shape[1]",
  height: "shape[0]",
};

/** What does the same here as a member that arrays have elsewhere, in words. */
export const arrayMember = (name: string): string | undefined =>
  Object.hasOwn(ofArray, name) ? ofArray[name] : undefined;

/** What does the same as a member that an array lacks. */
export function adviseArrayMember(name: string): string[] {
  const text = arrayMember(name);
  if (text !== undefined) return [`Here it is ${text}`];
  return name === "unique" ? ['Here it is a function: import { unique } from "bioengine";'] : [];
}

/** What arrays have. */
export function arrayMembers(editor: Editor): string[] {
  const array = 'import { zeros } from "bioengine";\nzeros([1]).';
  return editor.membersAt(array, array.length);
}
