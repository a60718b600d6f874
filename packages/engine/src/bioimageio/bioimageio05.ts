import type {
  AxisReference,
  AxisSize,
  BioimageioInput,
  BioimageioOutput,
  BioimageioTensors,
  InputAxis,
  PadMode,
} from "./bioimageio";
import type { DocumentNode } from "./documentnode";
import { type ProcessingStep, readStep } from "./processingstep";

const defaultIds: Record<string, string> = {
  ...{ batch: "batch", channel: "channel", index: "index", time: "time", space: "x" },
};

function idOf(axis: DocumentNode): string {
  const type = axis.get("type").text();
  if (!Object.hasOwn(defaultIds, type))
    axis.get("type").refuse(`one of ${Object.keys(defaultIds).join(", ")}`);
  return axis.get("id").or(defaultIds[type], (node) => node.text());
}

const scaleOf = (axis: DocumentNode): number => axis.get("scale").or(1, (node) => node.number());

/** Finds the scale of an axis of any tensor. */
type Scales = (tensor: string, axis: string) => number;

function referenceOf(size: DocumentNode, axis: DocumentNode, scales: Scales): AxisReference {
  const tensor = size.get("tensor_id").text();
  const other = size.get("axis_id").text();
  return {
    kind: "reference",
    tensor,
    axis: other,
    factor: scales(tensor, other) / scaleOf(axis),
    offset: size.get("offset").or(0, (node) => node.number()),
  };
}

function sizeOf(axis: DocumentNode, scales: Scales): AxisSize {
  const type = axis.get("type").text();
  if (type === "channel") return { kind: "fixed", length: axis.get("channel_names").list().length };
  const size = axis.get("size");
  if (type === "batch" && size.isMissing) return { kind: "any" };
  if (size.isNumber) return { kind: "fixed", length: size.integer(1) };
  if (!size.get("tensor_id").isMissing) return referenceOf(size, axis, scales);
  return { kind: "steps", minimum: size.get("min").integer(1), step: size.get("step").integer(1) };
}

function inputAxis(axis: DocumentNode, scales: Scales): InputAxis {
  const mayPad = ["space", "time"].includes(axis.get("type").text());
  return { id: idOf(axis), size: sizeOf(axis, scales), mayPad };
}

function dtypeOf(tensor: DocumentNode) {
  const data = tensor.get("data");
  const [first] = data.isList ? data.list() : [data];
  if (first === undefined || first.isMissing) return "float32" as const;
  return first.get("type").or("float32" as const, (node) => node.dtype());
}

function stepsOf(tensor: DocumentNode, key: string): ProcessingStep[] {
  const steps = tensor.get(key).or([], (node) => node.list());
  return steps.map((step) =>
    readStep(step.get("id"), step.get("kwargs"), (axes) => axes.list().map((id) => id.text())),
  );
}

/** The declared type comes first of an input, and last of an output. */
function processing(tensor: DocumentNode, key: "preprocessing" | "postprocessing"): ProcessingStep[] {
  const cast: ProcessingStep = { kind: "cast", dtype: dtypeOf(tensor) };
  const steps = stepsOf(tensor, key);
  return key === "preprocessing" ? [cast, ...steps] : [...steps, cast];
}

function padOf(tensor: DocumentNode): PadMode {
  const pad = tensor.get("pad");
  if (pad.isMissing) return "symmetric";
  const mode = pad.get("mode").text();
  if (mode === "constant") return { constant: pad.get("value").or(0, (node) => node.number()) };
  if (mode === "symmetric" || mode === "reflect" || mode === "edge") return mode;
  return pad.get("mode").refuse("symmetric, reflect, edge or constant");
}

/** Inputs and outputs of a description of format 0.5. @throws {TypeError} that says where it can't be followed */
export function readTensors05(description: DocumentNode): BioimageioTensors {
  const [inputs, outputs] = ["inputs", "outputs"].map((key) => description.get(key).list());
  const name = (tensor: DocumentNode, otherwise: string) =>
    tensor.get("id").or(otherwise, (node) => node.text());
  const scales: Scales = (tensor, axis) => {
    const found =
      inputs.find((input) => name(input, "input") === tensor) ??
      description.get("inputs").refuse(`with ${tensor}`);
    const axes = found.get("axes");
    return scaleOf(axes.list().find((one) => idOf(one) === axis) ?? axes.refuse(`with ${axis}`));
  };
  return {
    inputs: inputs.map((tensor): BioimageioInput => {
      const optional = tensor.get("optional");
      if (optional.or(false, ({ value }) => value === true)) optional.refuse("false");
      return {
        id: name(tensor, "input"),
        dtype: dtypeOf(tensor),
        axes: tensor
          .get("axes")
          .list()
          .map((axis) => inputAxis(axis, scales)),
        processing: processing(tensor, "preprocessing"),
        pad: padOf(tensor),
      };
    }),
    outputs: outputs.map(
      (tensor): BioimageioOutput => ({
        id: name(tensor, "output"),
        dtype: dtypeOf(tensor),
        axes: tensor
          .get("axes")
          .list()
          .map((axis) => {
            const size = axis.get("size");
            const refers =
              typeof size.value === "object" && !size.isMissing && !size.get("tensor_id").isMissing;
            return {
              id: idOf(axis),
              size: refers ? referenceOf(size, axis, scales) : undefined,
              halo: axis.get("halo").or(0, (node) => node.integer(0)),
            };
          }),
        processing: processing(tensor, "postprocessing"),
      }),
    ),
  };
}
