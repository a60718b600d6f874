import { NdArray } from "@bioengine/ndarray";
import { percentiles } from "../percentiles";
import { type AxisGroups, axisGroups } from "./axisgroups";
import type { AlongAxis, Bound, ProcessingStep } from "./processingstep";

/** An array and the names of its axes. */
export interface Named {
  readonly array: NdArray;
  readonly axes: readonly string[];
}

type Elements = Float32Array;
type Map1 = (value: number, group: number) => number;

/** Applies steps to one tensor. */
class Processing {
  constructor(
    private readonly shape: readonly number[],
    private readonly axes: readonly string[],
    private readonly references: ReadonlyMap<string, Named>,
  ) {}

  private groups(joined: readonly string[] | undefined): AxisGroups {
    return groupsOf(this.shape, this.axes, joined);
  }

  /** A new array of `change` of each element and the index of its group. */
  private map(data: Elements, groups: AxisGroups, change: Map1): Elements {
    const changed = new Float32Array(data.length);
    groups.forEach((index, group) => {
      changed[index] = change(data[index], group);
    });
    return changed;
  }

  /** Numbers by the index along their axis. */
  private along({ values, axis }: AlongAxis): { groups: AxisGroups; at: (group: number) => number } {
    if (typeof values === "number") return { groups: this.groups(undefined), at: () => values };
    const place = this.axes.indexOf(axis ?? "");
    if (this.shape[place] !== values.length) {
      throw new RangeError(
        `the processing must have ${this.shape[place] ?? "no"} numbers along ${axis}, got ${values.length}`,
      );
    }
    return { groups: this.groups(this.axes.filter((id) => id !== axis)), at: (group) => values[group] };
  }

  private mapAlong(
    data: Elements,
    first: AlongAxis,
    second: AlongAxis,
    change: (x: number, a: number, b: number) => number,
  ) {
    const [a, b] = [this.along(first), this.along(second)];
    const groups = typeof first.values === "number" ? b.groups : a.groups;
    return this.map(data, groups, (value, group) => change(value, a.at(group), b.at(group)));
  }

  /** Percentiles of each group; `whole`: the value in the sorted group at or above the percentile, not between two. */
  private percents(
    data: Elements,
    groups: AxisGroups,
    percents: readonly number[],
    whole = false,
  ): number[][] {
    const members = Array.from({ length: groups.count }, () => new Float32Array(groups.size));
    const filled = new Uint32Array(groups.count);
    groups.forEach((index, group) => {
      members[group][filled[group]++] = data[index];
    });
    return members.map((values) => {
      if (!whole) return percentiles(values, percents);
      values.sort();
      return percents.map((percent) => values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)]);
    });
  }

  private reference(name: string): {
    data: Elements;
    groups: (joined: readonly string[] | undefined) => AxisGroups;
  } {
    const found = this.references.get(name);
    if (found === undefined)
      throw new RangeError(`the processing must refer to a tensor of the model, got ${name}`);
    const { array, axes } = found;
    return { data: array.astype("float32").data, groups: (joined) => groupsOf(array.shape, axes, joined) };
  }

  private clip(data: Elements, low: Bound, high: Bound, axes: readonly string[] | undefined): Elements {
    const groups = this.groups(axes);
    // As bioimageio.core: over a batch between values, else at one.
    const whole = axes !== undefined && !axes.includes("batch");
    const percents = [low, high].map((bound) =>
      bound !== undefined && "percent" in bound ? bound.percent : 0,
    );
    const needed = [low, high].some((bound) => bound !== undefined && "percent" in bound);
    const found = needed ? this.percents(data, groups, percents, whole) : [];
    const end = (bound: Bound, index: number, otherwise: number) => (group: number) => {
      if (bound === undefined) return otherwise;
      return "value" in bound ? bound.value : found[group][index];
    };
    const least = end(low, 0, Number.NEGATIVE_INFINITY);
    const most = end(high, 1, Number.POSITIVE_INFINITY);
    return this.map(data, groups, (value, group) => Math.min(Math.max(value, least(group)), most(group)));
  }

  private softmax(data: Elements, axis: string): Elements {
    const groups = this.groups([axis]);
    const highest = new Float64Array(groups.count).fill(Number.NEGATIVE_INFINITY);
    groups.forEach((index, group) => {
      highest[group] = Math.max(highest[group], data[index]);
    });
    const sums = new Float64Array(groups.count);
    const powers = this.map(data, groups, (value, group) => Math.exp(value - highest[group]));
    groups.forEach((index, group) => {
      sums[group] += powers[index];
    });
    return this.map(powers, groups, (value, group) => value / sums[group]);
  }

  apply(data: Elements, step: Exclude<ProcessingStep, { kind: "cast" }>): Elements {
    switch (step.kind) {
      case "linear":
        return this.mapAlong(data, step.gain, step.offset, (x, gain, offset) => x * gain + offset);
      case "fixed":
        return this.mapAlong(
          data,
          step.mean,
          step.deviation,
          (x, mean, deviation) => (x - mean) / (deviation + step.epsilon),
        );
      case "binarize":
        return this.mapAlong(data, step.threshold, step.threshold, (x, threshold) => (x > threshold ? 1 : 0));
      case "sigmoid":
        return data.map((x) => 1 / (1 + Math.exp(-x)));
      case "softmax":
        return this.softmax(data, step.axis);
      case "clip":
        return this.clip(data, step.low, step.high, step.axes);
      case "standardize": {
        const groups = this.groups(step.axes);
        const { mean, deviation } = moments(data, groups);
        return this.map(data, groups, (x, group) => (x - mean[group]) / (deviation[group] + step.epsilon));
      }
      case "range": {
        const groups = this.groups(step.axes);
        const from = step.reference === undefined ? undefined : this.reference(step.reference);
        const found = this.percents(from?.data ?? data, from?.groups(step.axes) ?? groups, step.percents);
        checkCounts(found.length, groups.count);
        return this.map(data, groups, (x, group) => {
          const [low, high] = found[found.length === 1 ? 0 : group];
          return (x - low) / (high - low + step.epsilon);
        });
      }
      case "match": {
        const groups = this.groups(step.axes);
        const own = moments(data, groups);
        const reference = this.reference(step.reference);
        const other = moments(reference.data, reference.groups(step.axes));
        checkCounts(other.mean.length, groups.count);
        return this.map(data, groups, (x, group) => {
          const g = other.mean.length === 1 ? 0 : group;
          const standard = (x - own.mean[group]) / (own.deviation[group] + step.epsilon);
          return standard * (other.deviation[g] + step.epsilon) + other.mean[g];
        });
      }
    }
  }
}

function groupsOf(
  shape: readonly number[],
  axes: readonly string[],
  joined: readonly string[] | undefined,
): AxisGroups {
  return axisGroups(
    shape,
    axes.map((id) => joined === undefined || joined.includes(id)),
  );
}

function checkCounts(found: number, wanted: number): void {
  if (found === 1 || found === wanted) return;
  throw new RangeError(
    `the tensor that the processing refers to must have the same axes, got ${found} statistics for ${wanted}`,
  );
}

function moments(data: Elements, groups: AxisGroups): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(groups.count);
  groups.forEach((index, group) => {
    mean[group] += data[index];
  });
  for (let group = 0; group < groups.count; group++) mean[group] /= groups.size;
  const deviation = new Float64Array(groups.count);
  groups.forEach((index, group) => {
    deviation[group] += (data[index] - mean[group]) ** 2;
  });
  return { mean, deviation: deviation.map((sum) => Math.sqrt(sum / groups.size)) };
}

/**
 * Apply processing steps, in their order; statistics are those of the tensor as the step gets it.
 *
 * @param named any dtype; not modified
 * @param references tensors that steps may refer to, by name
 * @throws {RangeError} if the tensor, or one that is referred to, has other axes than a step needs
 */
export function process(
  { array, axes }: Named,
  steps: readonly ProcessingStep[],
  references: ReadonlyMap<string, Named> = new Map(),
): NdArray {
  let current = array;
  const processing = new Processing(array.shape, axes, references);
  for (const step of steps) {
    if (step.kind === "cast") current = current.astype(step.dtype);
    else {
      const buffer = processing.apply(current.astype("float32").data, step);
      current = new NdArray({ dtype: "float32", shape: array.shape, buffer });
    }
  }
  return current;
}
