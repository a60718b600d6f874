import { NdArray } from "@bioengine/ndarray";
import { arrayOfInput } from "./arrayinput";
import { bytesOfInput } from "./bytesinput";
import type { TensorSpec } from "./config";
import { correctedLine, describe, variableName } from "./correction";
import { dtypeOf } from "./datatype";
import { InputError } from "./error";
import { packImjoy } from "./imjoy";
import type { Tensor } from "./tensor";

/**
 * The inputs of a model: by position, in the order of its configuration, or by name. An optional one may be left
 * out, or be undefined.
 */
export type Inputs = readonly unknown[] | Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;

const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

const kind = ({ datatype }: TensorSpec): string =>
  datatype === "BYTES" ? "text, bytes or an object of parameters" : dtypeOf(datatype);

const listed = (specs: readonly TensorSpec[]): string =>
  specs
    .map(
      (spec) => `${spec.name} (${kind(spec)}, ${shapeText(spec.shape)}${spec.optional ? ", optional" : ""})`,
    )
    .join(", ");

/**
 * Compare the inputs with what the model takes, and make tensors of them. Numbers share memory with contiguous
 * arrays.
 *
 * @param specs the model's inputs in order
 * @param action for messages, e.g. `"execute stardist"`
 * @throws {InputError} if one is missing, unknown, or of another dtype or shape; shows the corrected line
 */
export function prepareInputs(inputs: Inputs, specs: readonly TensorSpec[], action: string): Tensor[] {
  const values = assign(inputs, specs, action);
  const tensors: Tensor[] = [];
  for (const spec of specs) {
    const value = values.get(spec.name);
    if (value !== undefined && value !== null) tensors.push(prepare(value, spec, action));
    else if (!spec.optional) {
      throw new InputError(
        `Cannot ${action}: input ${spec.name} is missing; the model takes ${listed(specs)}`,
      );
    }
  }
  return tensors;
}

/**
 * Tensors of inputs of any kind for a model that unpacks them itself: each is one element of BYTES.
 *
 * @throws {InputError} if one is missing or unknown, or holds what can't be packed
 */
export function packInputs(inputs: Inputs, specs: readonly TensorSpec[], action: string): Tensor[] {
  const values = assign(inputs, specs, action);
  return specs.flatMap((spec): Tensor[] => {
    const { name, datatype, shape, optional } = spec;
    const value = values.get(name);
    if (value === undefined) {
      if (optional) return [];
      throw new InputError(`Cannot ${action}: input ${name} is missing; the model takes ${listed(specs)}`);
    }
    if (datatype !== "BYTES") {
      throw new InputError(
        `Cannot ${action}: with serialization "imjoy" every input must be text, got ${name} of ${kind(spec)}; leave out serialization`,
      );
    }
    return [{ name, datatype, shape: shape.map(() => 1), data: [packImjoy(value)] }];
  });
}

function assign(inputs: Inputs, specs: readonly TensorSpec[], action: string): Map<string, unknown> {
  if (Array.isArray(inputs)) {
    if (inputs.length > specs.length) {
      throw new InputError(
        `Cannot ${action}: inputs must be at most ${specs.length}, got ${inputs.length}; the model takes ${listed(specs)}`,
      );
    }
    return new Map(specs.map(({ name }, index) => [name, inputs[index]]));
  }
  if (
    typeof inputs !== "object" ||
    inputs === null ||
    inputs instanceof NdArray ||
    ArrayBuffer.isView(inputs)
  ) {
    throw new InputError(
      `Cannot ${action}: inputs must be an array with one element for each input, got ${describe(inputs)}; write inputs: [${specs.map(({ name }) => variableName(name)).join(", ")}]`,
    );
  }
  const entries: [string, unknown][] = inputs instanceof Map ? [...inputs] : Object.entries(inputs);
  const unknown = entries.find(([name]) => !specs.some((spec) => spec.name === name));
  if (unknown) {
    throw new InputError(`Cannot ${action}: the model has no input ${unknown[0]}; it takes ${listed(specs)}`);
  }
  return new Map(entries);
}

function prepare(value: unknown, spec: TensorSpec, action: string): Tensor {
  const { name, datatype } = spec;
  const refuse = (got: string, advice = ""): never => {
    throw new InputError(
      `Cannot ${action}: input ${name} must be ${kind(spec)} ${axesText(spec.shape)}, got ${got}${advice}`,
    );
  };
  if (datatype === "BYTES") {
    const { shape, elements } = bytesOfInput(value, spec.shape.length, refuse);
    if (!fits(shape, spec.shape)) refuse(`shape ${shapeText(shape)}`);
    return { name, datatype, shape, data: elements };
  }
  const array = arrayOfInput(value, spec, datatype, refuse);
  if (array.dtype !== dtypeOf(datatype) || !fits(array.shape, spec.shape)) {
    const line = correctedLine(array, name, dtypeOf(datatype), spec.shape);
    refuse(describe(array), line && `; write ${line}`);
  }
  return { name, datatype, shape: array.shape, data: array.data };
}

/** A model's shape in words: -1 means any length. */
function axesText(shape: readonly number[]): string {
  if (shape.some((length) => length >= 0)) return `of shape ${shapeText(shape).replaceAll("-1", "any")}`;
  return `with ${shape.length} ${shape.length === 1 ? "axis" : "axes"}`;
}

const fits = (shape: readonly number[], wanted: readonly number[]): boolean =>
  shape.length === wanted.length &&
  shape.every((length, axis) => wanted[axis] < 0 || wanted[axis] === length);
