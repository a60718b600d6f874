import type { TrainedKind } from "@bioengine/engine";
import { NdArray } from "@bioengine/ndarray";
import { ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, ModelCall } from "../model";
import { parametersTensor, readParameters } from "../parametersinput";
import { isRefusal } from "../refusal";
import { modelIdOf } from "./modelid";

/**
 * The model that runs trained networks of a kind, with the inputs and outputs of BioEngine's `cellpose-predict`. Which
 * one: the parameter `model_id`, or the sequence's id.
 */
export function predictionModel(kind: TrainedKind): Model {
  const name = `${kind}-predict`;
  return {
    name,
    inputs: [
      { name: "image", datatype: "FP32", shape: [-1, -1, 3] },
      { name: "param", datatype: "BYTES", shape: [1], optional: true },
    ],
    outputs: [
      { name: "mask", datatype: "UINT16", shape: [-1, -1] },
      { name: "info", datatype: "BYTES", shape: [1] },
      ...(kind === "cellpose" ? [{ name: "style", datatype: "FP32" as const, shape: [-1] }] : []),
    ],
    async load() {
      return async (call) => {
        const given = readParameters(name, call.inputs.get("param"));
        if (typeof given !== "object" || given === null || Array.isArray(given)) {
          throw new ProtocolError(
            400,
            `Cannot run ${name}: param must be a JSON object, got ${JSON.stringify(given)}`,
          );
        }
        const { model_id, ...parameters } = given as Record<string, unknown>;
        const run = await modelOf(model_id ?? call.parameters?.sequence_id, call, kind, name);
        const inputs = new Map([
          ["image", planesOf(call, kind)],
          ["param", parametersTensor(parameters)],
        ]);
        const outputs = await run({ ...call, inputs });
        return outputs.map((output) =>
          output.name === "mask" ? { ...output, shape: output.shape.slice(-2) } : output,
        );
      };
    },
  };
}

async function modelOf(given: unknown, { repository }: ModelCall, kind: TrainedKind, name: string) {
  if (repository === undefined) throw new TypeError("a prediction must have a repository");
  try {
    const id = modelIdOf(given ?? "", repository, `run ${name}`);
    const run = await repository.find(id, kind);
    if (run !== undefined) return run;
    throw new ProtocolError(
      404,
      `Cannot run ${name}: model_id must be that of a model that was trained here, got ${id}`,
    );
  } catch (error) {
    throw isRefusal(error, name) ? new ProtocolError(400, error.message) : error;
  }
}

/** The image as the network's own model takes it: [c, y, x] for cellpose, [y, x] for StarDist. */
function planesOf({ inputs }: ModelCall, kind: TrainedKind): Tensor {
  const tensor = inputs.get("image");
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError("the image must be float32");
  const image = new NdArray({ dtype: "float32", shape: tensor.shape, buffer: tensor.data });
  const planes = kind === "cellpose" ? image.transpose([2, 0, 1]) : image.mean(2);
  const { shape, data } = planes.astype("float32");
  return { name: "image", datatype: "FP32", shape, data };
}
