import type { Dimension } from "@bioengine/ndarray";
import { knownSize, micrometres } from "./unit";

/** What the metadata of an OME-Zarr image says. */
export interface Multiscale {
  /** The full resolution first. */
  readonly levels: readonly { readonly path: string; readonly dimensions: readonly Dimension[] }[];
  /** Whether the values number objects. */
  readonly isLabels: boolean;
}

type Json = Record<string, unknown>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

interface Axis {
  readonly name: string;
  /** µm of the unit; undefined for what is no length. */
  readonly unit: number | undefined;
}

/** The axes; up to version 0.3 they are names, or left out. */
function axesOf(value: unknown): Axis[] {
  const axes: unknown[] = Array.isArray(value) ? value : ["t", "c", "z", "y", "x"];
  return axes.map((axis) => {
    const name = isJson(axis) ? axis.name : axis;
    const unit = isJson(axis) && axis.type === "space" && typeof axis.unit === "string" ? axis.unit : "";
    const letter = typeof name === "string" && /^[tczyx]$/i.test(name) ? name.toUpperCase() : "Q";
    return { name: letter, unit: micrometres(unit) };
  });
}

/** The factors of the scales among transformations. */
function scaleOf(value: unknown, count: number): number[] {
  const factors = new Array<number>(count).fill(1);
  for (const { type, scale } of listOf(value)) {
    if (type !== "scale" || !Array.isArray(scale)) continue;
    if (scale.length !== count)
      throw new Error(`its scale must have a number for each of ${count} axes, got ${scale.length}`);
    for (const [axis, factor] of scale.entries()) factors[axis] *= Number(factor);
  }
  return factors;
}

/**
 * Read the `multiscales` of a group (OME-NGFF up to 0.5).
 *
 * @param attributes of the group; 0.5 has them under `ome`
 * @throws {Error} if there are none, or they are damaged
 */
export function multiscaleOf(attributes: Json): Multiscale {
  const own = isJson(attributes.ome) ? attributes.ome : attributes;
  const [multiscale] = listOf(own.multiscales);
  if (multiscale === undefined) {
    const [first] = Array.isArray(own.labels) ? own.labels : [];
    const what =
      first !== undefined
        ? `a group of labels; name some of them, e.g. labels/${first}`
        : "plate" in own || "well" in own
          ? "a plate or well; name one of its fields, e.g. plate.zarr/A/1/0"
          : "no image";
    throw new Error(`its metadata has no multiscales, it is ${what}`);
  }
  const axes = axesOf(multiscale.axes);
  const whole = scaleOf(multiscale.coordinateTransformations, axes.length);
  const levels = listOf(multiscale.datasets).map(({ path, coordinateTransformations }) => {
    if (typeof path !== "string") throw new Error("its metadata must have a path for each level");
    const scale = scaleOf(coordinateTransformations, axes.length);
    const dimensions = axes.map(({ name, unit }, axis): Dimension => {
      const spacing = unit === undefined ? undefined : knownSize(scale[axis] * whole[axis] * unit);
      return spacing === undefined ? { name } : { name, spacing };
    });
    return { path, dimensions };
  });
  if (levels.length === 0) throw new Error("its metadata names no level");
  return { levels, isLabels: "image-label" in own };
}
