import type { Segmented } from "@bioengine/engine";
import { NdArray, zeros } from "@bioengine/ndarray";
import { datatypeOf, dtypeOf, type NumericDatatype, ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, ModelCall } from "./model";
import { parametersTensor, readParameters } from "./parametersinput";
import { isRefusal } from "./refusal";

/** How the work on one image is watched and stopped. */
export interface SegmentTask {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Segments an image, whose memory it may take over; the parameters are as they came, yet to be checked. */
export interface Segment {
  (image: NdArray, parameters: unknown, task?: SegmentTask): Promise<Segmented>;
  /** Free what it holds; it will not be called again. */
  close?(): Promise<void>;
}

/** What tells one segmentation model from another. */
export interface SegmentationModelOptions {
  readonly name: string;
  readonly image: { readonly datatype: NumericDatatype; readonly shape: readonly number[] };
  /** Length of each axis of a small image, to try the network with when it is loaded. */
  readonly trialShape: readonly number[];
  /** Whether it tells an image's style, an output of its own. */
  readonly hasStyle?: boolean;
  /** Gives the function that segments. */
  load(): Promise<Segment>;
}

/**
 * A model with the inputs `image` and `param`, a JSON object that may be left out, and the outputs `mask`, uint16 of
 * the image's axes, and `info`, a JSON object.
 */
export function segmentationModel(options: SegmentationModelOptions): Model {
  const { name, image, trialShape, hasStyle = false, load } = options;
  const dtype = dtypeOf(image.datatype);
  return {
    name,
    inputs: [
      { name: "image", ...image },
      { name: "param", datatype: "BYTES", shape: [1], optional: true },
    ],
    outputs: [
      { name: "mask", datatype: "UINT16", shape: image.shape },
      { name: "info", datatype: "BYTES", shape: [1] },
      ...(hasStyle ? [{ name: "style", datatype: "FP32" as const, shape: [-1] }] : []),
    ],
    async load() {
      const segment = await load();
      await segment(zeros(trialShape, dtype), {}).catch(async (error) => {
        await segment.close?.();
        throw error;
      });
      const run = async (call: ModelCall): Promise<readonly Tensor[]> => {
        const { inputs, signal, onProgress } = call;
        const parameters = readParameters(name, inputs.get("param"));
        const passed = await passedOn(call, parameters);
        if (passed !== undefined) return passed;
        const image = imageOf(inputs.get("image"));
        const { mask, info, style } = await segment(image, parameters, { signal, onProgress }).catch(
          (error) => {
            throw isRefusal(error, name) ? new ProtocolError(400, error.message) : error;
          },
        );
        const text = new TextEncoder().encode(JSON.stringify(info));
        return [
          { name: "mask", datatype: datatypeOf(mask.dtype), shape: mask.shape, data: mask.data },
          { name: "info", datatype: "BYTES", shape: [1], data: [text] },
          ...(style === undefined
            ? []
            : [{ name: "style", datatype: "FP32" as const, shape: style.shape, data: style.data }]),
        ];
      };
      return Object.assign(run, { close: async () => segment.close?.() });
    },
  };
}

/** The answer of the model of a folder that `model_type` names; undefined if it names none. */
async function passedOn(call: ModelCall, parameters: unknown): Promise<readonly Tensor[] | undefined> {
  if (typeof parameters !== "object" || parameters === null || !("model_type" in parameters))
    return undefined;
  const { model_type, ...others } = parameters;
  const run =
    typeof model_type === "string" ? await call.repository?.find(model_type, "cellpose") : undefined;
  return run?.({ ...call, inputs: new Map([...call.inputs, ["param", parametersTensor(others)]]) });
}

function imageOf(tensor: Tensor | undefined): NdArray {
  if (tensor === undefined || tensor.datatype === "BYTES") throw new TypeError("the image must be numbers");
  return new NdArray({ dtype: dtypeOf(tensor.datatype), shape: tensor.shape, buffer: tensor.data });
}
