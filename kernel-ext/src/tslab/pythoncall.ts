import { arrayCall } from "./arraycall";
import { argumentsText, type CallText, callText, importedCall } from "./calltext";
import { columnArray } from "./columnadvice";
import { ts } from "./library";
import { innermost, parsed } from "./node";
import { columnOfMeasure, nameHere } from "./pythonnames";
import { joinCall } from "./tablecall";

/** What NumPy's constants and dtypes are. */
const constants: Readonly<Record<string, string>> = {
  pi: "Math.PI",
  nan: "NaN",
  inf: "Infinity",
  newaxis: "image.expandDims(0)",
};
const dtypeName = /^(u?int(8|16|32|64)|float(16|32|64)|bool)_?$/;

/** `plt.plot(y)`, `plt.plot(x, y, "r-")`: the line with x, and without a line's look. */
function plottedLine(text: CallText, members: readonly string[]): string {
  const values = text.values.filter((value) => !/^["'`]/.test(value));
  const [only = "y", ...others] = values;
  if (others.length > 0) return importedCall("plot", { ...text, values });
  const count = `${only}.${members.includes("ndim") ? "size" : "length"}`;
  const both = argumentsText({ ...text, values: [`arange(${count})`, only] });
  return `import { arange, plot } from "bioengine"; plot(${both})`;
}

/** `gaussian(image, sigma=1)`: the call with its options as they are here. */
export function adviseKeyword(source: string, position: number): string[] {
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  if (!call) return [];
  const text = callText(call, file);
  const { path, keywords } = text;
  const name = /^\w+/.exec(source.slice(position))?.[0];
  if (!keywords.some(([keyword]) => keyword === name)) return [];
  return [`In TypeScript: ${path.join(".")}(${argumentsText(text)})`];
}

/**
 * `np.max(image)`, `skimage.measure.label(image)`: the call that does it here.
 *
 * @param position of the module's name
 * @param isExported whether "bioengine" has a name
 * @param isMethod whether arrays have a method of the name
 * @param membersAt what the value that ends at an offset has
 */
export function adviseModuleCall(
  source: string,
  position: number,
  isExported: (name: string) => boolean,
  isMethod: (name: string) => boolean,
  membersAt: (end: number) => string[],
): string[] {
  const [chain = ""] = /^[\w.]+/.exec(source.slice(position)) ?? [];
  const name = chain.split(".").at(-1) ?? "";
  const constant = dtypeName.test(name) ? JSON.stringify(name.replace(/_$/, "")) : constants[name];
  if (constant !== undefined) return [`In TypeScript: ${constant}`];
  const file = parsed(source);
  const call = innermost(file, position, ts.isCallExpression);
  const isCall = call?.expression.getStart(file) === position;
  const text = isCall ? callText(call, file) : { path: [name], values: ["…"], keywords: [] };
  const [image = "image", ...others] = text.values;
  const here = nameHere(name);
  const labels = others[0] ?? text.keywords.find(([keyword]) => keyword === "labels")?.[1];
  const column = /\b(ndimage|ndi)\b/.test(chain) && labels !== undefined && columnOfMeasure.get(name);
  if (column) {
    return [
      `In TypeScript: regionpropsTable(${labels}, { image: ${image}, properties: ["label", "${column}"] })`,
    ];
  }
  if (/^(pd|pandas)\b/.test(chain)) {
    const { keywords } = text;
    const joined = name === "merge" && joinCall(image, { values: others, keywords });
    if (joined) return [`In TypeScript: ${joined}`];
    // What measures gives a table already.
    if (name === "DataFrame" && image.startsWith("regionpropsTable(")) return [`In TypeScript: ${image}`];
    if (name === "concat")
      return [`In TypeScript: import { Table } from "bioengine"; Table.concat(${image})`];
  }
  const isCounted = text.keywords.some(
    ([keyword]) => keyword === "return_counts" || keyword === "returnCounts",
  );
  if (name === "bincount" || (name === "unique" && isCounted)) {
    const mask = image.replace(/\.(flatten|ravel)\(\)$/, "");
    return [`In TypeScript: regionpropsTable(${mask}, { properties: ["label", "num_pixels"] })`];
  }
  if (chain === "cv2.threshold") {
    const isOtsu = others.some((value) => value.includes("OTSU"));
    return [`In TypeScript: ${image}.greater(${isOtsu ? `thresholdOtsu(${image})` : (others[0] ?? "0")})`];
  }
  // Where a condition holds is the condition itself.
  if (name === "where" && isCall && others.length === 0) return [`In TypeScript: ${image}`];
  if (name === "linspace") {
    const [stop = "1", count = "50"] = others;
    const step = `(${stop} - ${image}) / (${count} - 1)`;
    return [`In TypeScript: Array.from({ length: ${count} }, (_, index) => ${image} + index * ${step})`];
  }
  if (name === "ones") return [`In TypeScript: import { full } from "bioengine"; full(${image}, 1)`];
  if (name === "ones_like") return [`In TypeScript: full(${image}.shape, 1, ${image}.dtype)`];
  if (name.endsWith("_like")) return [`In TypeScript: zeros(${image}.shape, ${image}.dtype)`];
  if (/^(plt|matplotlib)\b/.test(chain) && name === "plot" && isCall) {
    return [`In TypeScript: ${plottedLine(text, membersAt(call.arguments[0]?.end ?? position))}`];
  }
  if (/^(plt|matplotlib)\b/.test(chain) && !/imshow|hist|scatter|boxplot|^plot$/.test(name)) {
    return ['Leave it out: imshow(image, { title: "…" }) shows at once'];
  }
  if (name === "isin" || name === "in1d") {
    return [`In TypeScript: ${importedCall("keepLabels", text)}`];
  }
  const isNumeric = /^(np|numpy)\b/.test(chain);
  const first = isCall && isNumeric ? call.arguments[0] : undefined;
  const members = first ? membersAt(first.end) : [];
  const isNumber = first && (ts.isNumericLiteral(first) || members.includes("toFixed"));
  // NumPy rounds halves to even numbers.
  if (isNumber && name !== "round" && Object.hasOwn(Math, name)) {
    return [`In TypeScript: Math.${name}(${text.values.join(", ")})`];
  }
  const isList = members.includes("flatMap") || members.includes("subarray");
  const array = /\.column\([^()]*\)$/.test(image) ? columnArray(image) : isList ? `ndarray(${image})` : image;
  const written =
    arrayCall(name, array, [...others, ...text.keywords.map(([, value]) => value)]) ??
    (isMethod(here) ? `${array}.${here}(${argumentsText({ ...text, values: others })})` : undefined);
  if (written !== undefined && (isNumeric || !isExported(here))) return [`In TypeScript: ${written}`];
  if (!isExported(here)) return [];
  return [`In TypeScript: ${importedCall(here, text)}`];
}
