import type * as TypeScript from "typescript";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { camelCase, columnOfMeasure, isPythonModule, nameHere } from "./pythonnames";

/** What NumPy's constants and dtypes are. */
const constants: Readonly<Record<string, string>> = {
  pi: "Math.PI",
  nan: "NaN",
  inf: "Infinity",
  newaxis: "image.expandDims(0)",
};
const dtypeName = /^(u?int(8|16|32|64)|float(16|32|64)|bool)_?$/;

/** NumPy's functions that are methods here, by another name or with an argument. */
const asMethod: Readonly<Record<string, string>> = {
  amax: "max()",
  amin: "min()",
  nanmax: "max()",
  nanmin: "min()",
  average: "mean()",
  nanmean: "mean()",
  median: "percentile(50)",
  ravel: "flatten()",
  sqrt: "power(0.5)",
  square: "power(2)",
  count_nonzero: "notEqual(0).sum()",
  logical_not: "logicalNot()",
  array_equal: "equal(other).all()",
  swapaxes: "transpose([1, 0])",
  moveaxis: "transpose([1, 2, 0])",
  rot90: "transpose()",
};

/** A call as text: what is called, and its arguments by place and by keyword. */
interface CallText {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly keywords: readonly (readonly [name: string, value: string])[];
}

const plainDtypes = (text: string): string =>
  text.replace(/\b(?:np|numpy)\.(u?int\d+|float\d+|bool)_?\b/g, '"$1"');

/** A tuple, `(3, 4)`, as a list. */
const listText = (text: string): string =>
  /^\([^()]*,[^()]*\)$/.test(text) ? `[${text.slice(1, -1).replace(/,\s*$/, "")}]` : text;

/** A value as TypeScript has it. */
function valueText(text: string): string {
  const plain: Readonly<Record<string, string>> = { True: "true", False: "false", None: "undefined" };
  return Object.hasOwn(plain, text) ? plain[text] : listText(plainDtypes(text));
}

function callText(call: TypeScript.CallExpression, file: TypeScript.SourceFile): CallText {
  const isKeyword = (node: TypeScript.Node): node is TypeScript.BinaryExpression =>
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const textOf = (node: TypeScript.Node): string => valueText(node.getText(file));
  return {
    path: call.expression.getText(file).split("."),
    values: call.arguments.filter((node) => !isKeyword(node)).map(textOf),
    keywords: call.arguments.filter(isKeyword).map(({ left, right }) => [left.getText(file), textOf(right)]),
  };
}

/** An axis and a dtype have their places, what else has a name is an option; the image is called so here. */
function argumentsText(values: readonly string[], keywords: CallText["keywords"]): string {
  const isPlaced = ([name]: readonly [string, string]): boolean => name === "axis" || name === "dtype";
  const axes = keywords.filter(isPlaced).map(([, value]) => value);
  const options = keywords
    .filter((keyword) => !isPlaced(keyword))
    .map(([name, value]) => `${name === "intensity_image" ? "image" : camelCase(name)}: ${value}`);
  return [...values, ...axes, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])].join(", ");
}

/** `gaussian(image, sigma=1)`: the call with its options as they are here. */
export function adviseKeyword(source: string, position: number): string[] {
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  if (!call) return [];
  const { path, values, keywords } = callText(call, file);
  const name = /^\w+/.exec(source.slice(position))?.[0];
  if (!keywords.some(([keyword]) => keyword === name)) return [];
  // The error at the module's name has the whole call.
  if (isPythonModule(path[0] ?? "")) return [`In TypeScript: ${argumentsText([], keywords)}`];
  return [`In TypeScript: ${path.join(".")}(${argumentsText(values, keywords)})`];
}

/**
 * `np.max(image)`, `skimage.measure.label(image)`: the call that does it here.
 *
 * @param position of the module's name
 * @param isExported whether "bioengine" has a name
 * @param isMethod whether arrays have a method of the name
 */
export function adviseModuleCall(
  source: string,
  position: number,
  isExported: (name: string) => boolean,
  isMethod: (name: string) => boolean,
): string[] {
  const [chain = ""] = /^[\w.]+/.exec(source.slice(position)) ?? [];
  const name = chain.split(".").at(-1) ?? "";
  const constant = dtypeName.test(name) ? JSON.stringify(name.replace(/_$/, "")) : constants[name];
  if (constant !== undefined) return [`In TypeScript: ${constant}`];
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  const text = call?.expression.getStart(file) === position ? callText(call, file) : undefined;
  const { values, keywords } = text ?? { values: ["…"], keywords: [] };
  const [image = "image", ...others] = values;
  const here = nameHere(name);
  const labels = others[0] ?? keywords.find(([keyword]) => keyword === "labels")?.[1];
  const column = /\b(ndimage|ndi)\b/.test(chain) && labels !== undefined && columnOfMeasure.get(name);
  if (column) {
    return [
      `In TypeScript: regionpropsTable(${labels}, { image: ${image}, properties: ["label", "${column}"] })`,
    ];
  }
  if (name === "ones") return [`In TypeScript: import { full } from "bioengine"; full(${image}, 1)`];
  if (name === "ones_like") return [`In TypeScript: full(${image}.shape, 1, ${image}.dtype)`];
  if (name.endsWith("_like")) return [`In TypeScript: zeros(${image}.shape, ${image}.dtype)`];
  if (/^(plt|matplotlib)\b/.test(chain) && !/imshow|hist|scatter|boxplot/.test(name)) {
    return ['Leave it out: imshow(image, { title: "…" }) shows at once'];
  }
  if (name === "isin" || name === "in1d") {
    return [
      `In TypeScript: import { keepLabels } from "bioengine"; keepLabels(${argumentsText(values, keywords)})`,
    ];
  }
  const method = asMethod[name] ?? (isMethod(here) && `${here}(${argumentsText(others, keywords)})`);
  const isNumeric = /^(np|numpy)\b/.test(chain);
  if (method && (isNumeric || !isExported(here))) return [`In TypeScript: ${image}.${method}`];
  if (!isExported(here)) return [];
  // What reads or writes a file is to be waited for.
  const wait = /^(imread|imwrite|readCsv|segment|execute)$/.test(here) ? "await " : "";
  const written = `${wait}${here}(${argumentsText(values, keywords)})`;
  return [`In TypeScript: import { ${here} } from "bioengine"; ${written}`];
}
