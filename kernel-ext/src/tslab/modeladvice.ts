import { type CallText, callText } from "./calltext";
import { isModelParameter } from "./foreignoption";
import { ts } from "./library";
import { innermost, parsed } from "./node";

/** Methods and classes by which Python's packages have a model, and the model that it is here. */
const runs: Readonly<Record<string, string>> = {
  eval: "cellpose-python",
  predict_instances: "stardist",
  predictInstances: "stardist",
};
const made = /^(?:\w+\.)*(?:(Cellpose(?:Model)?)|(StarDist2D))(?:\.from_pretrained|\.fromPretrained)?$/;

/** What stands for a model of Python's packages where a name of it is missing, `model.eval(image, diameter=30)`. */
export function adviseModel(source: string, offset: number): string[] {
  const file = parsed(source);
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  const line = source.slice(lineStart).split("\n")[0] ?? "";
  const [before = "", names = ""] =
    /^\s*(?:(?:const|let)\s*)?[[{(]?([\w, ]+?)[\]})]?\s*=\s*(?:await\s+)?(?=\w)/.exec(line) ?? [];
  const isAtNames = offset < lineStart + before.length;
  const position = isAtNames ? lineStart + before.length : offset;
  const call = innermost(file, position, ts.isCallExpression);
  if (!call || call.expression.getStart(file) !== position) return [];
  const assigned = names.split(",").map((name) => name.trim());
  const written = modelCall(callText(call, file), assigned);
  return written === undefined ? [] : [`In TypeScript: ${written}`];
}

/**
 * What a model of Python's packages is here: nothing is made first, and one call runs it, `model.eval(image)`.
 *
 * @param names what the results are assigned to, the mask first
 */
function modelCall({ path, values, keywords }: CallText, names: readonly string[]): string | undefined {
  const chain = path.join(".");
  const [, cellpose, stardist] = made.exec(chain) ?? [];
  const run = path.at(-1) ?? "";
  const isRun = path.length > 1 && Object.hasOwn(runs, run);
  if (!isRun && cellpose === undefined && stardist === undefined) return undefined;
  const model = isRun ? runs[run] : cellpose === undefined ? "stardist" : "cellpose-python";
  const parameters = keywords.filter(([name]) => isModelParameter("segment", name) && name !== "channels");
  const options = [
    `modelName: "${model}"`,
    ...(isRun && parameters.length > 0
      ? [`parameters: { ${parameters.map(([name, value]) => `${name}: ${value}`).join(", ")} }`]
      : []),
  ];
  const image = isRun ? (values[0] ?? "image") : "image";
  const [mask = ""] = isRun ? names : [];
  const target = mask === "mask" || mask === "" ? "mask" : `mask: ${mask}`;
  return `const { ${target} } = await segment(${image}, { ${options.join(", ")} })`;
}
