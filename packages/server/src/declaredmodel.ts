import { cellposeForm } from "./cellpose";
import type { ModelConfig } from "./config/modelconfig";
import type { OnnxHeader } from "./config/onnxheader";
import type { Model } from "./model";
import { segmentationModel } from "./segmentationmodel";
import type { Segmentation } from "./segmentationthread";
import { segmentationThread } from "./segmentationworker";
import { stardistForm } from "./stardist";

/** Reads numbers among a configuration's parameters. */
class Parameters {
  constructor(private readonly parameters: ModelConfig["parameters"]) {}

  /** A number of a range; `otherwise` if there is none. */
  number(key: string, low: number, high: number, otherwise?: number): number {
    const text = this.parameters[key]?.string_value;
    if (text === undefined && otherwise !== undefined) return otherwise;
    const value = text?.trim() ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new RangeError(
      `config.pbtxt: the parameter ${key} must be a number from ${low} to ${high}, got ${text ?? "none"}`,
    );
  }

  /** A text; undefined if there is none. */
  text(key: string): string | undefined {
    return this.parameters[key]?.string_value || undefined;
  }

  /** Two channel numbers, e.g. "1,0"; undefined if there are none. */
  channels(): readonly [number, number] | undefined {
    const text = this.parameters.channels?.string_value;
    if (text === undefined) return undefined;
    const [, first, second] = text.match(/^\s*(\d{1,3})\s*,\s*(\d{1,3})\s*$/) ?? [];
    if (first !== undefined) return [Number(first), Number(second)];
    throw new RangeError(
      `config.pbtxt: the parameter channels must be two numbers, such as 1,0 (cytoplasm, nucleus), got ${text}`,
    );
  }

  /** A whole number of a range; `otherwise` if there is none. */
  integer(key: string, low: number, high: number, otherwise?: number): number {
    const value = this.number(key, low, high, otherwise);
    if (Number.isInteger(value)) return value;
    throw new RangeError(`config.pbtxt: the parameter ${key} must be a whole number, got ${value}`);
  }
}

function checkAxes(header: OnnxHeader, kind: string, channels: number, outputs: readonly string[]): void {
  const [input] = header.inputs;
  const { shape } = input ?? {};
  const fits =
    header.inputs.length === 1 &&
    input.datatype === "FP32" &&
    (shape === undefined || (shape.length === 4 && [-1, channels].includes(shape[1])));
  if (!fits) {
    const got = header.inputs
      .map(({ datatype, shape }) => `${datatype} [${shape?.join(", ")}]`)
      .join(" and ");
    throw new TypeError(
      `a ${kind} network must have one input FP32 [n, ${channels}, h, w], got ${got || "none"}`,
    );
  }
  if (shape?.slice(2).some((length) => length !== -1)) {
    throw new TypeError(`a ${kind} network must take images of any size, got [${shape.join(", ")}]`);
  }
  const names = header.outputs.map(({ name }) => name);
  const missing = outputs.find((name) => !names.includes(name));
  if (missing !== undefined || names.length === 0) {
    throw new TypeError(
      `a ${kind} network must give ${missing ?? "flows"}, got ${names.join(", ") || "nothing"}`,
    );
  }
}

/**
 * A model that its configuration declares to be of cellpose's or StarDist's kind, by the parameter `bioengine`: it has
 * the inputs and outputs of the engine's own models. Undefined if it declares nothing.
 *
 * @throws {Error} if the configuration or the network is not such a model's
 */
export function declaredModel(
  config: ModelConfig,
  header: OnnxHeader,
  version: string,
  path: string,
): Model | undefined {
  const kind = config.parameters.bioengine?.string_value;
  if (kind === undefined) return undefined;
  if (kind !== "cellpose" && kind !== "stardist") {
    throw new RangeError(`config.pbtxt: the parameter bioengine must be cellpose or stardist, got ${kind}`);
  }
  if (config.input.length + config.output.length + config.max_batch_size > 0) {
    throw new Error(
      `config.pbtxt: a ${kind} model has inputs and outputs of its own, so input, output and max_batch_size must be left out, got some`,
    );
  }
  const { name } = config;
  const segmentation = segmentationOf(kind, config, header, path);
  const load = async () => segmentationThread(segmentation);
  const hasStyle = segmentation.kind === "cellpose" && segmentation.custom?.style !== undefined;
  const form = kind === "cellpose" ? cellposeForm : stardistForm;
  const model = segmentationModel({ ...form, name, hasStyle, load });
  return { ...model, version, config };
}

function segmentationOf(
  kind: "cellpose" | "stardist",
  { name, parameters }: ModelConfig,
  header: OnnxHeader,
  path: string,
): Segmentation {
  const given = new Parameters(parameters);
  const step = given.integer("step", 1, 1024, 16);
  if (kind === "cellpose") {
    checkAxes(header, kind, 2, []);
    const typical = given.number("diam_labels", 0, 10_000, 0);
    const custom = { name, path, step, diameter: given.number("diameter", 1, 10_000) };
    return {
      kind,
      custom: {
        ...custom,
        imageDiameter: typical || undefined,
        channels: given.channels(),
        style: given.text("style"),
      },
    };
  }
  checkAxes(header, kind, 1, ["probability", "distances"]);
  const defaults = {
    prob_thresh: given.number("prob_thresh", 0, 1, 0.5),
    nms_thresh: given.number("nms_thresh", 0, 1, 0.4),
  };
  const scale = given.text("scale") === "auto" ? undefined : given.number("scale", 0.01, 100, 1);
  return { kind, custom: { name, path, step, scale, grid: given.integer("grid", 1, 16), defaults } };
}
