import { camelCase, nameHere } from "./pythonnames";

/** What other libraries' options are called here, where more than the case differs. */
const otherNames: Readonly<Record<string, string>> = {
  intensityImage: "image",
  equalVar: "equalVariances",
};

/** Options that are left out here, by what is called. */
const needless: readonly (readonly [callee: RegExp, options: readonly string[]])[] = [
  [/^imshow$/, ["cmap", "vmin", "vmax", "clim", "interpolation", "aspect"]],
  [/^(writeCsv|toCsv)$/, ["index", "encoding"]],
  [/^(hist|histogram|scatter|boxplot|plot)$/, ["alpha", "c", "cmap", "color", "edgecolor", "marker", "s"]],
  [/^(ttest_\w+|mannwhitneyu|wilcoxon|kruskal|f_oneway|pearsonr|spearmanr)$/, ["nanPolicy"]],
  [/^multipletests$/, ["alpha"]],
  // It is that of Benjamini and Hochberg.
  [/^false_discovery_control$/, ["method"]],
  [/^plot$/, ["label", "linestyle", "linewidth", "ls", "lw", "markersize"]],
];

/** What models take, which stands among the options' parameters by its own name. */
const modelParameters = [
  "cellprob_threshold",
  "channels",
  "diameter",
  "flow_threshold",
  "min_size",
  "model_type",
  "nms_thresh",
  "normalize",
  "prob_thresh",
  "scale",
];

/** Whether an option is a parameter of the model that a call runs. */
export const isModelParameter = (callee: string, name: string): boolean =>
  /^(segment|execute)$/.test(nameHere(callee)) && modelParameters.includes(name);

/** Objects of which size stay, in scikit-image's names. */
const leastSizes = ["minSize", "areaThreshold"];

/** What other libraries' functions do unasked, and ours when they are told. */
const unasked: Readonly<Record<string, readonly [name: string, value: string]>> = {
  ttestInd: ["equalVariances", "true"],
  ttestRel: ["paired", "true"],
  falseDiscoveryControl: ["method", '"fdr_bh"'],
};

/** The options with which ours does what another library's function does. */
export const unaskedOptions = (callee: string): readonly (readonly [name: string, value: string])[] => {
  const own = camelCase(callee);
  const option = Object.hasOwn(unasked, own) ? unasked[own] : undefined;
  return option ? [option] : [];
};

/** The text of the opposite of a boolean. */
const opposite = (value: string): string =>
  value === "true" ? "false" : value === "false" ? "true" : `!(${value})`;

/** The size up to which objects go, of the least that stays, as scikit-image has it. */
const maxSizeOf = (value: string): string =>
  /^\d+$/.test(value) ? String(Math.max(0, Number(value) - 1)) : `${value} - 1`;

/** Whether a call drops objects or holes by their size. */
export const isBySize = (callee: string): boolean => /^removeSmall(Objects|Holes)$/.test(camelCase(callee));

/**
 * An option of Python's or another library's, as it is here.
 *
 * @param callee the name of what is called, without what it is a member of
 * @param value its text
 * @returns the option's name and its value's text; `undefined` if it is left out
 */
export function optionHere(
  callee: string,
  name: string,
  value: string,
): readonly [name: string, value: string] | undefined {
  const own = camelCase(name);
  if (needless.some(([called, options]) => called.test(callee) && options.includes(own))) return undefined;
  if (own === "ascending") return ["descending", opposite(value)];
  if (isBySize(callee) && leastSizes.includes(own)) return ["maxSize", maxSizeOf(value)];
  return [Object.hasOwn(otherNames, own) ? (otherNames[own] ?? own) : own, value];
}
