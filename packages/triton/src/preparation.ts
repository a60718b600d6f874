import { type ModelConfig, type TensorSpec, tensorSpecs } from "./config";
import { InputError } from "./error";
import type { InferOptions } from "./inferoptions";
import { type Inputs, packInputs, prepareInputs } from "./input";
import type { Message } from "./message";
import { encodeRequest, type RequestedOutput } from "./request";

/** What an inference sends, as its options say it. */
export interface Inference extends InferOptions {
  readonly inputs: Inputs;
}

/**
 * The request that options ask for, compared with the model's configuration. Always asks for binary data.
 *
 * @param parameters further parameters of the request, such as a sequence's
 * @throws {InputError} if an input, or the name of an output, is not the model's; shows the corrected line
 */
export function prepareRequest(
  options: Inference,
  config: ModelConfig,
  parameters: Readonly<Record<string, string | number | boolean>>,
  action: string,
): Message {
  const specs = tensorSpecs(config, "input");
  const prepare = options.serialization === "imjoy" ? packInputs : prepareInputs;
  const all = { ...options.parameters, ...parameters };
  return encodeRequest({
    id: options.requestId,
    parameters: Object.keys(all).length > 0 ? all : undefined,
    inputs: prepare(options.inputs, specs, action),
    outputs: requestedOutputs(options, tensorSpecs(config, "output"), action),
  });
}

function requestedOutputs(
  { selectOutputs, classification = {} }: InferOptions,
  specs: readonly TensorSpec[],
  action: string,
): RequestedOutput[] {
  const names = specs.map(({ name }) => name);
  if (selectOutputs !== undefined && !(Array.isArray(selectOutputs) && selectOutputs.length > 0)) {
    throw new InputError(`Cannot ${action}: selectOutputs must be an array of some of ${names.join(", ")}`);
  }
  const selected = selectOutputs ?? names;
  check("selectOutputs", selected, names, action);
  check("classification", Object.keys(classification), selected, action);
  for (const [name, count] of Object.entries(classification)) {
    if (Number.isInteger(count) && count > 0) continue;
    throw new InputError(
      `Cannot ${action}: classification must say how many classes of ${name} to give, from 1, got ${count}`,
    );
  }
  return names
    .filter((name) => selected.includes(name))
    .map((name) => ({ name, binary: true, classification: classification[name] }));
}

function check(option: string, given: readonly string[], known: readonly string[], action: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new InputError(`Cannot ${action}: ${option} must be among ${known.join(", ")}, got ${unknown}`);
}
