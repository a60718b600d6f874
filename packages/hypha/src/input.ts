import { NdArray } from "@bioengine/ndarray";
import { InputError } from "@bioengine/triton";

/** An array, or the URL of one (`.npy`, `.png`, `.tiff`, …) that the service loads. */
export type HyphaInput = NdArray | string;

/** The inputs of a model: of one input alone, or in an array; of several by name. */
export type HyphaInputs =
  | HyphaInput
  | readonly [HyphaInput]
  | Readonly<Record<string, HyphaInput>>
  | ReadonlyMap<string, HyphaInput>;

/**
 * The inputs as the service takes them: one alone, or an object of them.
 *
 * @throws {InputError} if they are anything else
 */
export function argumentOf(inputs: unknown, action: string): HyphaInput | Record<string, HyphaInput> {
  if (isInput(inputs)) return inputs;
  if (Array.isArray(inputs)) {
    if (inputs.length === 1) return checked(inputs[0], "inputs[0]", action);
    throw new InputError(
      `Cannot ${action}: inputs must be one array or URL, or an object of several by name such as { image, prompts }, got an array of ${inputs.length}`,
    );
  }
  if (typeof inputs !== "object" || inputs === null || ArrayBuffer.isView(inputs)) {
    return checked(inputs, "inputs", action);
  }
  const entries: [unknown, unknown][] = inputs instanceof Map ? [...inputs] : Object.entries(inputs);
  if (entries.length === 0) {
    throw new InputError(`Cannot ${action}: inputs must have at least one array or URL, got none`);
  }
  return Object.fromEntries(
    entries.map(([name, value]) => [String(name), checked(value, `input ${name}`, action)]),
  );
}

const isInput = (value: unknown): value is HyphaInput =>
  value instanceof NdArray || (typeof value === "string" && value !== "");

function checked(value: unknown, what: string, action: string): HyphaInput {
  if (isInput(value)) return value;
  const numbers = Array.isArray(value) || ArrayBuffer.isView(value);
  const advice = numbers ? "; write ndarray(values, shape)" : "";
  throw new InputError(
    `Cannot ${action}: ${what} must be an NdArray or the URL of an array, got ${kindOf(value)}${advice}`,
  );
}

function kindOf(value: unknown): string {
  if (value === "") return '""';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object" || value === null) return String(value);
  return `a ${value.constructor?.name ?? "special object"}`;
}
