import type { NdArray } from "@bioengine/ndarray";
import type { Network } from "../network";
import type { AxisReference, BioimageioInput, BioimageioModel, InputAxis, OutputAxis } from "./bioimageio";
import { type PadWidth, pad } from "./padding";
import { type Named, process } from "./processing";

/** The length of an axis of an input, and what is added to it. */
interface Extent {
  readonly length: number;
  readonly before: number;
  readonly after: number;
}

const totalOf = ({ length, before, after }: Extent): number => before + length + after;

const keyOf = (tensor: string, axis: string): string => `${tensor} ${axis}`;

/** Plans how long the inputs are made. */
class Plan {
  private readonly extents = new Map<string, Extent>();
  private readonly margins = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly model: BioimageioModel,
    private readonly arrays: ReadonlyMap<string, NdArray>,
  ) {
    for (const { axes } of model.outputs) {
      for (const { size, halo } of axes) {
        if (size === undefined || halo === 0) continue;
        const key = keyOf(size.tensor, size.axis);
        this.margins.set(key, Math.max(this.margins.get(key) ?? 0, Math.ceil(halo / size.factor)));
      }
    }
  }

  private refuse(input: BioimageioInput, requirement: string): never {
    const shape = this.arrays.get(input.id)?.shape.join(", ");
    throw new RangeError(
      `Cannot run ${this.name}: ${input.id} must have ${requirement}, got shape [${shape}]`,
    );
  }

  /** The extent of an axis of an input. */
  extent(tensor: string, id: string): Extent {
    const key = keyOf(tensor, id);
    const known = this.extents.get(key);
    if (known !== undefined) return known;
    const input = this.model.inputs.find((one) => one.id === tensor);
    const place = input?.axes.findIndex((axis) => axis.id === id) ?? -1;
    if (input === undefined || place < 0) {
      throw new RangeError(
        `Cannot run ${this.name}: a size must refer to an axis of an input, got ${tensor}.${id}`,
      );
    }
    const length = this.arrays.get(tensor)?.shape[place] ?? 0;
    const extent = this.planned(input, input.axes[place], length);
    this.extents.set(key, extent);
    return extent;
  }

  private planned(input: BioimageioInput, { id, size, mayPad }: InputAxis, length: number): Extent {
    const margin = this.margins.get(keyOf(input.id, id)) ?? 0;
    const longer = (total: number, before: number): Extent => ({
      length,
      before,
      after: total - length - before,
    });
    if (size.kind === "any") return longer(length, 0);
    if (size.kind === "reference") {
      const other = this.extent(size.tensor, size.axis);
      const total = Math.floor(totalOf(other) * size.factor + size.offset);
      if (length > total || (length < total && !mayPad)) this.refuse(input, `${total} elements along ${id}`);
      return longer(total, Math.min(Math.round(other.before * size.factor), total - length));
    }
    if (size.kind === "fixed") {
      if (length > size.length || (length < size.length && !mayPad)) {
        this.refuse(input, `${mayPad ? "at most " : ""}${size.length} elements along ${id}`);
      }
      return longer(size.length, Math.min(margin, Math.floor((size.length - length) / 2)));
    }
    const { minimum, step } = size;
    const steps = Math.max(0, Math.ceil((length + 2 * margin - minimum) / step));
    const total = minimum + steps * step;
    if (!mayPad && total !== length) {
      this.refuse(input, `${minimum}, ${minimum + step}, ${minimum + 2 * step} or more elements along ${id}`);
    }
    return longer(total, mayPad ? Math.min(margin, total - length) : 0);
  }

  /** The part of an output's axis that belongs to what was sent. */
  range(axis: OutputAxis, length: number): [number, number] {
    const reference = axis.size ?? this.assumed(axis.id, length);
    if (reference === undefined) return [0, length];
    const extent = this.extent(reference.tensor, reference.axis);
    const start = Math.round(extent.before * reference.factor);
    const count = Math.floor(extent.length * reference.factor + reference.offset);
    return [start, Math.min(length, start + Math.max(0, count))];
  }

  /** An output that is as long as the first input along an axis of the same name lies over it. */
  private assumed(id: string, length: number): AxisReference | undefined {
    const [{ id: tensor, axes }] = this.model.inputs;
    if (!axes.some((axis) => axis.id === id && axis.mayPad)) return undefined;
    if (totalOf(this.extent(tensor, id)) !== length) return undefined;
    return { kind: "reference", tensor, axis: id, factor: 1, offset: 0 };
  }
}

/** The inputs as the network takes them. */
function prepared(
  name: string,
  model: BioimageioModel,
  network: Network,
  arrays: Map<string, NdArray>,
  plan: Plan,
) {
  const references = new Map<string, Named>(
    model.inputs.map(({ id, axes }) => [id, namedOf(arrays.get(id), axes)]),
  );
  const feeds: Record<string, NdArray> = {};
  for (const [index, input] of model.inputs.entries()) {
    const spec = network.inputs[index];
    const widths = input.axes.map(({ id }): PadWidth => {
      const { before, after } = plan.extent(input.id, id);
      return [before, after];
    });
    const named = namedOf(arrays.get(input.id), input.axes);
    const array = pad(process(named, input.processing, references), widths, input.pad);
    const wrong = spec.shape.findIndex((length, axis) => length >= 0 && length !== array.shape[axis]);
    if (wrong >= 0) {
      throw new RangeError(
        `Cannot run ${name}: ${input.id} must have ${spec.shape[wrong]} elements along ${input.axes[wrong].id}, which the network was made for, got ${array.shape[wrong]}`,
      );
    }
    feeds[spec.name] = spec.dtype === "string" ? array : array.astype(spec.dtype);
  }
  return { feeds, references };
}

function namedOf(array: NdArray | undefined, axes: readonly { readonly id: string }[]): Named {
  if (array === undefined) throw new TypeError("an input is missing");
  return { array, axes: axes.map(({ id }) => id) };
}

/**
 * Run a bioimage.io model: pre-processing, padding to a size that the network takes, the network, cropping,
 * post-processing.
 *
 * Statistics are those of what was sent, before it is padded. Where a step follows another, they are those of what that
 * one gave; bioimageio.core 0.11 takes those of the raw tensor.
 *
 * @param name of the model, for errors
 * @param inputs one for each input of the model, in its order, with the axes of the description; not modified
 * @returns the outputs, in the model's order
 * @throws {RangeError} if an input has not the axes or a length that the model takes; `Cannot run <name>: …`
 * @example
 * const [mask] = await runBioimageio("affable-shark", model, network, [image]);
 */
export async function runBioimageio(
  name: string,
  model: BioimageioModel,
  network: Network,
  inputs: readonly NdArray[],
): Promise<NdArray[]> {
  const arrays = new Map(model.inputs.map(({ id }, index) => [id, inputs[index]]));
  for (const { id, axes } of model.inputs) {
    const shape = arrays.get(id)?.shape ?? [];
    if (shape.length === axes.length && !shape.includes(0)) continue;
    const names = axes.map((axis) => axis.id).join(", ");
    throw new RangeError(
      `Cannot run ${name}: ${id} must have axes [${names}], got shape [${shape.join(", ")}]`,
    );
  }
  const plan = new Plan(name, model, arrays);
  const { feeds, references } = prepared(name, model, network, arrays, plan);
  const results = await network.run(feeds);
  const outputs = model.outputs.map(({ id, axes }, index) => {
    const array = results[network.outputs[index].name];
    if (array.ndim !== axes.length) {
      throw new TypeError(
        `the network must give ${id} with ${axes.length} axes, got shape [${array.shape.join(", ")}]`,
      );
    }
    const ranges = axes.map((axis, place) => plan.range(axis, array.shape[place]));
    const cropped = array.slice(...ranges);
    references.set(id, namedOf(cropped, axes));
    return cropped;
  });
  return model.outputs.map(({ axes, processing, dtype }, index) =>
    process(namedOf(outputs[index], axes), processing, references).astype(dtype),
  );
}

/**
 * Check that a network can be that of a bioimage.io model.
 *
 * @throws {TypeError} if it has another number of inputs, outputs or axes
 */
export function checkBioimageioNetwork(
  model: BioimageioModel,
  network: Pick<Network, "inputs" | "outputs">,
): void {
  for (const side of ["inputs", "outputs"] as const) {
    const [wanted, got] = [model[side].length, network[side].length];
    if (wanted > got || (side === "inputs" && wanted !== got)) {
      throw new TypeError(`the network must have the ${wanted} ${side} of the description, got ${got}`);
    }
  }
  for (const [index, { id, axes }] of model.inputs.entries()) {
    const { shape } = network.inputs[index];
    if (shape.length !== axes.length) {
      throw new TypeError(`the network must take ${id} with ${axes.length} axes, got ${shape.length}`);
    }
  }
}
