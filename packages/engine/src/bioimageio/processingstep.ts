import type { DType } from "@bioengine/ndarray";
import type { DocumentNode } from "./documentnode";

/** Axes whose elements share a statistic; undefined: all. */
type Axes = readonly string[] | undefined;

/** A number for all elements, or one for each index along an axis. */
export interface AlongAxis {
  readonly values: number | readonly number[];
  readonly axis: string | undefined;
}

/** A step of the pre- or post-processing of a tensor. */
export type ProcessingStep =
  | { readonly kind: "cast"; readonly dtype: DType }
  | { readonly kind: "linear"; readonly gain: AlongAxis; readonly offset: AlongAxis }
  /** (x - mean) / (deviation + epsilon) */
  | { readonly kind: "standardize"; readonly axes: Axes; readonly epsilon: number }
  | {
      readonly kind: "fixed";
      readonly mean: AlongAxis;
      readonly deviation: AlongAxis;
      readonly epsilon: number;
    }
  /** (x - low) / (high - low + epsilon) of percentiles, of another tensor's if `reference` names one */
  | {
      readonly kind: "range";
      readonly axes: Axes;
      readonly percents: readonly [number, number];
      readonly epsilon: number;
      readonly reference: string | undefined;
    }
  /** To the mean and deviation of another tensor. */
  | { readonly kind: "match"; readonly axes: Axes; readonly epsilon: number; readonly reference: string }
  | { readonly kind: "clip"; readonly low: Bound; readonly high: Bound; readonly axes: Axes }
  /** 1 above the threshold, else 0. */
  | { readonly kind: "binarize"; readonly threshold: AlongAxis }
  | { readonly kind: "sigmoid" }
  | { readonly kind: "softmax"; readonly axis: string };

/** An end of a range: a value, a percentile of the tensor, or none. */
export type Bound = { readonly value: number } | { readonly percent: number } | undefined;

/** What a description of format 0.4 says in other words. */
export interface OlderWords {
  /** Whether mean and deviation are given. */
  readonly fixed: boolean;
  /** The axis that has a number for each element. */
  readonly axis: string | undefined;
}

const names = [
  ...[
    "binarize",
    "clip",
    "ensure_dtype",
    "fixed_zero_mean_unit_variance",
    "scale_linear",
    "scale_mean_variance",
  ],
  ...["scale_range", "sigmoid", "softmax", "zero_mean_unit_variance"],
];

/** The options of a step; there may be none. */
class Options {
  constructor(
    private readonly kwargs: DocumentNode,
    private readonly readAxes: (node: DocumentNode) => string[],
    private readonly olderAxis: string | undefined,
  ) {}

  get(key: string): DocumentNode {
    return this.kwargs.isMissing ? this.kwargs : this.kwargs.get(key);
  }

  number(key: string, otherwise: number): number {
    return this.get(key).or(otherwise, (node) => node.number());
  }

  get axes(): Axes {
    return this.get("axes").or<Axes>(undefined, this.readAxes);
  }

  get epsilon(): number {
    return this.number("eps", 1e-6);
  }

  along(key: string, otherwise?: number): AlongAxis {
    const axis = this.olderAxis ?? this.get("axis").or<string | undefined>(undefined, (node) => node.text());
    const node = this.get(key);
    let values = node.isMissing && otherwise !== undefined ? otherwise : node.numbers();
    if (typeof values === "object" && values.length === 1) [values] = values;
    if (typeof values === "object" && axis === undefined) node.refuse("one number, or with the axis of them");
    return { values, axis };
  }

  bound(key: "min" | "max"): Bound {
    const value = this.get(key);
    if (!value.isMissing) return { value: value.number() };
    const percent = this.get(`${key}_percentile`);
    return percent.isMissing ? undefined : { percent: percent.number() };
  }
}

/**
 * Read a step of bioimage.io's processing.
 *
 * @param name its name (0.4) or id (0.5)
 * @param readAxes reads the axes of a statistic
 * @throws {TypeError} if it is unknown; says where
 */
export function readStep(
  name: DocumentNode,
  kwargs: DocumentNode,
  readAxes: (node: DocumentNode) => string[],
  older: OlderWords = { fixed: false, axis: undefined },
): ProcessingStep {
  const options = new Options(kwargs, readAxes, older.axis);
  const { epsilon } = options;
  const reference = options.get("reference_tensor");
  switch (name.text()) {
    case "ensure_dtype":
      return { kind: "cast", dtype: options.get("dtype").dtype() };
    case "scale_linear":
      return { kind: "linear", gain: options.along("gain", 1), offset: options.along("offset", 0) };
    case "zero_mean_unit_variance":
      if (!older.fixed) return { kind: "standardize", axes: options.axes, epsilon };
      return { kind: "fixed", mean: options.along("mean"), deviation: options.along("std"), epsilon };
    case "fixed_zero_mean_unit_variance":
      return { kind: "fixed", mean: options.along("mean"), deviation: options.along("std"), epsilon: 1e-6 };
    case "scale_range":
      return {
        kind: "range",
        axes: options.axes,
        percents: [options.number("min_percentile", 0), options.number("max_percentile", 100)],
        epsilon,
        reference: reference.or<string | undefined>(undefined, (node) => node.text()),
      };
    case "scale_mean_variance":
      return { kind: "match", axes: options.axes, epsilon, reference: reference.text() };
    case "clip":
      return { kind: "clip", low: options.bound("min"), high: options.bound("max"), axes: options.axes };
    case "binarize":
      return { kind: "binarize", threshold: options.along("threshold") };
    case "sigmoid":
      return { kind: "sigmoid" };
    case "softmax":
      return { kind: "softmax", axis: options.get("axis").or("channel", (node) => node.text()) };
    default:
      return name.refuse(`one of ${names.join(", ")}`);
  }
}
