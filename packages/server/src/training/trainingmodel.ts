import { type TrainedKind, trainingParameters } from "@bioengine/engine";
import { ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, ModelCall } from "../model";
import { readParameters } from "../parametersinput";
import { isRefusal } from "../refusal";
import { Thread } from "../thread";
import { modelIdOf } from "./modelid";
import type { SessionRequest } from "./session";
import type { ThreadTraining, ThreadTrainingAnswer } from "./trainingthread";

/** After an hour without a request a sequence is over; its model can be gone on with at any time. */
const idleMs = 3_600_000;

/**
 * The sequence model that trains networks of a kind, with the inputs and outputs of BioEngine's `cellpose-train`: each
 * step learns from one annotated image, and the end gives the trained network's file. The sequence's id is that of the
 * model, which the repository keeps and serves.
 */
export function trainingModel(kind: TrainedKind): Model {
  const name = `${kind}-train`;
  return {
    name,
    sequenceIdleMs: idleMs,
    inputs: [
      { name: "image", datatype: "FP32", shape: [-1, -1, 3] },
      { name: "labels", datatype: "UINT16", shape: [-1, -1, 1] },
      { name: "param", datatype: "BYTES", shape: [1], optional: true },
    ],
    outputs: [
      { name: "info", datatype: "BYTES", shape: [1] },
      { name: "model", datatype: "BYTES", shape: [1] },
    ],
    async load() {
      const thread = new Thread<SessionRequest, ThreadTrainingAnswer>("training/trainingthread", {
        kind,
      } satisfies ThreadTraining);
      const run = async (call: ModelCall): Promise<readonly Tensor[]> => {
        const request = requestOf(call, name);
        const answered = await thread.ask(request, call).catch((error: unknown) => {
          // What was learnt until an abort is kept.
          call.repository?.changed(request.id);
          throw error;
        });
        if ("refusal" in answered) throw new ProtocolError(answered.status, answered.refusal);
        const { info, model = new Uint8Array() } = answered.answer;
        call.repository?.changed(request.id);
        if (request.end) await call.repository?.refresh(request.id);
        const text = new TextEncoder().encode(JSON.stringify(info));
        return [
          { name: "info", datatype: "BYTES", shape: [1], data: [text] },
          { name: "model", datatype: "BYTES", shape: [1], data: [model] },
        ];
      };
      return Object.assign(run, { close: () => thread.close() });
    },
  };
}

/** @throws {ProtocolError} 400 if the parameters or the model's id are wrong */
function requestOf({ inputs, sequence, repository }: ModelCall, name: string): SessionRequest {
  const [image, labels] = [inputs.get("image"), inputs.get("labels")];
  if (!(image?.data instanceof Float32Array) || !(labels?.data instanceof Uint16Array)) {
    throw new TypeError("a training must have a float32 image and uint16 labels");
  }
  if (sequence === undefined || repository === undefined) {
    throw new TypeError("a training must have a sequence and a repository");
  }
  const parameters = readParameters(name, inputs.get("param"));
  const {
    sequence: { id },
    start,
    end,
  } = sequence;
  try {
    return {
      repository: repository.folder,
      id: modelIdOf(id, repository, `run ${name}`),
      start,
      end,
      image: { shape: image.shape, data: image.data },
      labels: { shape: labels.shape, data: labels.data },
      parameters: trainingParameters(name, parameters),
    };
  } catch (error) {
    throw isRefusal(error, name) ? new ProtocolError(400, error.message) : error;
  }
}
