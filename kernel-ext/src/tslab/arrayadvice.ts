import type { Editor } from "./editor";

/** Members that lists and other arrays have elsewhere, and what does the same here, in words. */
const ofArray: Readonly<Record<string, string>> = {
  length: "shape[0] for its rows, size for all its elements",
  len: "shape[0]",
  map: "Array.from(image.data, Number).map(…) for its values; whole arrays have methods, such as multiply(2)",
  forEach: "toArray().forEach(…) for its rows, or data.forEach(…) for all its values",
  reduce: "sum(), max(), mean(), or Array.from(image.data, Number).reduce(…)",
  plot: "a function: imshow(image) for an image, histogram(image) for its values",
  show: "a function: imshow(image)",
  count: "max() for the number of labels, notEqual(0).sum() for that of pixels",
  width: "shape[1]",
  height: "shape[0]",
};

/** What does the same as a member that an array lacks, in words. */
export function adviseArrayMember(name: string): string[] {
  const text = Object.hasOwn(ofArray, name) ? ofArray[name] : undefined;
  if (text !== undefined) return [`Here it is ${text}`];
  return name === "unique" ? ['Here it is a function: import { unique } from "bioengine";'] : [];
}

/** What arrays have. */
export function arrayMembers(editor: Editor): string[] {
  const array = 'import { zeros } from "bioengine";\nzeros([1]).';
  return editor.membersAt(array, array.length);
}
