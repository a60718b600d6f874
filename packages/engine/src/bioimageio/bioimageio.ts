import type { DType } from "@bioengine/ndarray";
import { readTensors04 } from "./bioimageio04";
import { readTensors05 } from "./bioimageio05";
import { DocumentNode } from "./documentnode";
import type { ProcessingStep } from "./processingstep";

/** Which lengths an axis of an input may have. */
export type AxisSize =
  | { readonly kind: "any" }
  | { readonly kind: "fixed"; readonly length: number }
  /** `minimum`, and any number of steps more. */
  | { readonly kind: "steps"; readonly minimum: number; readonly step: number }
  /** `factor` times the length of an axis of another input, plus `offset`. */
  | AxisReference;

/** The length of an axis as that of an input's: `factor` times as long, plus `offset`. */
export interface AxisReference {
  readonly kind: "reference";
  readonly tensor: string;
  readonly axis: string;
  readonly factor: number;
  readonly offset: number;
}

/** An axis of an input. */
export interface InputAxis {
  /** `batch`, `channel`, `index`, `time`, `z`, `y`, `x` or another name. */
  readonly id: string;
  readonly size: AxisSize;
  /** Whether a tensor that is too short may be made longer: along space and time. */
  readonly mayPad: boolean;
}

/** An axis of an output. */
export interface OutputAxis {
  readonly id: string;
  /** Undefined: as the network gives it. */
  readonly size: AxisReference | undefined;
  /** Elements at both ends that are wrong for want of what lies beyond. */
  readonly halo: number;
}

/** How a tensor is made longer. */
export type PadMode = "symmetric" | "reflect" | "edge" | { readonly constant: number };

/** An input: what it is before its processing. */
export interface BioimageioInput {
  readonly id: string;
  readonly dtype: DType;
  readonly axes: readonly InputAxis[];
  readonly processing: readonly ProcessingStep[];
  readonly pad: PadMode;
}

/** An output: what it is after its processing. */
export interface BioimageioOutput {
  readonly id: string;
  readonly dtype: DType;
  readonly axes: readonly OutputAxis[];
  readonly processing: readonly ProcessingStep[];
}

/** Inputs and outputs, in the network's order. */
export interface BioimageioTensors {
  readonly inputs: readonly BioimageioInput[];
  readonly outputs: readonly BioimageioOutput[];
}

/** A model of bioimage.io, whatever the version of its description. */
export interface BioimageioModel extends BioimageioTensors {
  /** Path of the ONNX file in the package. */
  readonly weights: string;
  /** Hexadecimal; undefined if the description has none. */
  readonly sha256: string | undefined;
}

function weightsOf(description: DocumentNode): { weights: string; sha256: string | undefined } {
  const onnx = description.get("weights").get("onnx");
  if (onnx.isMissing) {
    const formats = description.get("weights").keys().join(", ");
    throw new TypeError(`weights must be there in ONNX, got ${formats || "none"}`);
  }
  if (!onnx.or(true, (node) => node.get("external_data").isMissing)) {
    throw new TypeError("weights.onnx must be one file, got external_data");
  }
  const source = onnx.get("source");
  const weights = source.text();
  if (/^[a-z]+:\/\//i.test(weights)) source.refuse("a file of the package; download the whole package");
  return { weights, sha256: onnx.get("sha256").or(undefined, (node) => node.text().toLowerCase()) };
}

/**
 * Read the description of a bioimage.io model, of format 0.4 or 0.5.
 *
 * https://bioimage-io.github.io/spec-bioimage-io
 *
 * @param description rdf.yaml or bioimageio.yaml, parsed
 * @throws {TypeError} if it is none, has no ONNX weights, or asks for something that this engine doesn't do; says where
 * @example
 * const { inputs } = readBioimageioModel(parse(readFileSync("rdf.yaml", "utf8")));
 * inputs[0].axes.map(({ id }) => id); // ["batch", "channel", "y", "x"]
 */
export function readBioimageioModel(description: unknown): BioimageioModel {
  const node = new DocumentNode(description, "");
  const type = node.get("type");
  if (type.or("model", (given) => given.text()) !== "model") type.refuse("model");
  const version = node.get("format_version");
  const [, minor] = version.text().match(/^0\.([45])\.\d+$/) ?? version.refuse("0.4 or 0.5");
  const runMode = node.get("run_mode");
  if (!runMode.isMissing) runMode.refuse("left out, for a model that runs by itself");
  return { ...(minor === "4" ? readTensors04(node) : readTensors05(node)), ...weightsOf(node) };
}
