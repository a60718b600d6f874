import { type BioimageioModel, readBioimageioModel } from "@bioengine/engine";
import { datatypeOf, dtypeOf, ProtocolError, type Tensor } from "@bioengine/triton";
import { parse } from "yaml";
import { readModelConfig } from "../config/modelconfig";
import type { Model, ModelCall, TensorSpec } from "../model";
import { Thread } from "../thread";
import { ownedBuffers } from "../transfer";
import { type PackageFiles, readPackageFile } from "./packagefiles";
import type { ThreadNumbers, ThreadPackage } from "./packagethread";

function specsOf(model: BioimageioModel): { inputs: TensorSpec[]; outputs: TensorSpec[] } {
  return {
    inputs: model.inputs.map(({ id, dtype, axes }) => ({
      name: id,
      datatype: datatypeOf(dtype),
      // A shorter image than the network takes is padded.
      shape: axes.map(({ size, mayPad }) => (size.kind === "fixed" && !mayPad ? size.length : -1)),
    })),
    outputs: model.outputs.map(({ id, dtype, axes }) => ({
      name: id,
      datatype: datatypeOf(dtype),
      shape: axes.map(() => -1),
    })),
  };
}

/**
 * A model of bioimage.io, in a thread of its own: its inputs are raw images with the axes of the description, its
 * outputs are post-processed.
 *
 * @param description name of the package's description
 * @throws {Error} if the description can't be followed
 */
export function packageModel(name: string, files: PackageFiles, description: string): Model {
  const text = readPackageFile(files, description).toString("utf8");
  const model = readBioimageioModel(parse(text));
  const { inputs, outputs } = specsOf(model);
  return {
    name,
    inputs,
    outputs,
    config: readModelConfig('parameters { key: "bioengine" value { string_value: "bioimageio" } }'),
    async load() {
      const data: ThreadPackage = { name, model, files };
      const thread = new Thread<readonly ThreadNumbers[] | undefined, readonly ThreadNumbers[]>(
        "package/packagethread",
        data,
      );
      try {
        await thread.ask(undefined);
      } catch (error) {
        await thread.close();
        throw error;
      }
      const run = async ({ inputs: tensors, signal }: ModelCall): Promise<Tensor[]> => {
        const arrays = inputs.map((spec) => toArray(spec.name, tensors.get(spec.name)));
        const transfer = ownedBuffers(arrays.map((array) => array.data));
        const answer = await thread.ask(arrays, { transfer, signal }).catch((error: unknown) => {
          throw isRefusal(error, name) ? new ProtocolError(400, error.message) : error;
        });
        return answer.map(({ dtype, shape, data }, index) => ({
          ...{ name: outputs[index].name, datatype: datatypeOf(dtype), shape, data },
        }));
      };
      return Object.assign(run, { close: () => thread.close() });
    },
  };
}

function toArray(name: string, tensor: Tensor | undefined): ThreadNumbers {
  if (tensor === undefined || tensor.datatype === "BYTES")
    throw new TypeError(`input ${name} must be numbers`);
  return { dtype: dtypeOf(tensor.datatype), shape: tensor.shape, data: tensor.data };
}

const isRefusal = (error: unknown, name: string): error is Error =>
  error instanceof RangeError && error.message.startsWith(`Cannot run ${name}: `);
