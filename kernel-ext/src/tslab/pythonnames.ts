/** What stands in TypeScript for names that whoever knows Python types first. */
const inTypeScript: Readonly<Record<string, string>> = {
  print: "console.log(…)",
  len: "values.length",
  range: "for (let i = 0; i < n; i++) { … }",
  None: "null",
  True: "true",
  False: "false",
  str: "String(…)",
  float: "Number(…)",
  int: "Math.trunc(…)",
  np: 'arrays have the methods of NumPy\'s, and zeros, array and more come from "bioengine"',
  numpy: 'arrays have the methods of NumPy\'s, and zeros, array and more come from "bioengine"',
  plt: 'import { imshow, histogram } from "bioengine";',
  skimage: 'import { regionpropsTable, label, gaussian } from "bioengine";',
};

/** How a name of Python is said in TypeScript, if it is one. */
export function adviseFromPython(name: string): string[] {
  const text = Object.hasOwn(inTypeScript, name) ? inTypeScript[name] : undefined;
  return text === undefined ? [] : [`In TypeScript: ${text}`];
}
