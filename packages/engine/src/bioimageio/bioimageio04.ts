import type {
  AxisSize,
  BioimageioInput,
  BioimageioOutput,
  BioimageioTensors,
  OutputAxis,
} from "./bioimageio";
import type { DocumentNode } from "./documentnode";
import { type ProcessingStep, readStep } from "./processingstep";

const ids: Record<string, string> = {
  ...{ b: "batch", i: "index", t: "time", c: "channel", z: "z", y: "y", x: "x" },
};

function axisIds(node: DocumentNode): string[] {
  return [...node.text()].map((letter) => ids[letter] ?? node.refuse("letters of bitczyx"));
}

/** Of which an axis may be made longer. */
const padded = ["time", "z", "y", "x"];

function inputSize(shape: DocumentNode, index: number, id: string): AxisSize {
  if (shape.isList) {
    const length = shape.item(index).integer(1);
    return id === "batch" ? { kind: "any" } : { kind: "fixed", length };
  }
  const minimum = shape.get("min").item(index).integer(1);
  const step = shape.get("step").item(index).integer(0);
  if (id === "batch") return { kind: "any" };
  return step === 0 ? { kind: "fixed", length: minimum } : { kind: "steps", minimum, step };
}

/**
 * A step of 0.4 in the words of 0.5: axes are letters, and those of a value per element are the others; statistics of
 * a dataset are those of the whole batch.
 */
function stepOf(step: DocumentNode, tensorAxes: readonly string[]): ProcessingStep {
  const name = step.get("name");
  const kwargs = step.get("kwargs");
  const option = (key: string) => (kwargs.isMissing ? kwargs : kwargs.get(key));
  const mode = option("mode").or("", (node) => node.text());
  const fixed =
    name.value === "zero_mean_unit_variance" &&
    (mode === "fixed" || (mode === "" && !option("mean").isMissing));
  const axes = option("axes").or<string[] | undefined>(undefined, axisIds);
  if (fixed || name.value === "scale_linear") {
    const others = axes === undefined ? [] : tensorAxes.filter((id) => id !== "batch" && !axes.includes(id));
    if (others.length > 1) option("axes").refuse("all axes but one");
    return readStep(name, kwargs, () => [], { fixed, axis: others[0] });
  }
  return readStep(name, kwargs, (node) => [...(mode === "per_dataset" ? ["batch"] : []), ...axisIds(node)]);
}

function processing(tensor: DocumentNode, key: string, axes: readonly string[]): ProcessingStep[] {
  const steps = tensor.get(key).or([], (node) => node.list());
  return steps.map((step) => stepOf(step, axes));
}

function readInput(tensor: DocumentNode): BioimageioInput {
  const axes = axisIds(tensor.get("axes"));
  const dtype = tensor.get("data_type").dtype();
  const shape = tensor.get("shape");
  const lengths = shape.isList ? shape : shape.get("min");
  if (lengths.list().length !== axes.length) lengths.refuse(`a list of ${axes.length}, one for each axis`);
  return {
    id: tensor.get("name").text(),
    dtype,
    axes: axes.map((id, index) => ({ id, size: inputSize(shape, index, id), mayPad: padded.includes(id) })),
    // Networks of this format take float32.
    processing: [...processing(tensor, "preprocessing", axes), { kind: "cast", dtype: "float32" }],
    pad: "symmetric",
  };
}

function readOutput(tensor: DocumentNode): BioimageioOutput {
  const axes = axisIds(tensor.get("axes"));
  const shape = tensor.get("shape");
  const halo = tensor.get("halo").or([], (node) => node.list());
  const dtype = tensor.get("data_type").dtype();
  const axis = (id: string, index: number): OutputAxis => {
    const size = shape.isList ? undefined : reference(shape, index, id);
    return { id, size, halo: size === undefined ? 0 : (halo[index]?.integer(0) ?? 0) };
  };
  return {
    id: tensor.get("name").text(),
    dtype,
    axes: axes.map(axis),
    processing: [...processing(tensor, "postprocessing", axes), { kind: "cast", dtype }],
  };
}

function reference(shape: DocumentNode, index: number, id: string): OutputAxis["size"] {
  const named = shape.get("reference_tensor");
  const tensor = (named.isMissing ? shape.get("reference_input") : named).text();
  const factor = shape
    .get("scale")
    .item(index)
    .or(0, (node) => node.number());
  if (factor === 0 || !padded.includes(id)) return undefined;
  // 0.4 gives the offset of one side.
  const offset = 2 * shape.get("offset").item(index).number();
  return { kind: "reference", tensor, axis: id, factor, offset };
}

/** Inputs and outputs of a description of format 0.4. @throws {TypeError} that says where it can't be followed */
export function readTensors04(description: DocumentNode): BioimageioTensors {
  return {
    inputs: description.get("inputs").list().map(readInput),
    outputs: description.get("outputs").list().map(readOutput),
  };
}
