import type { TableColumn } from "@bioengine/mime";
import { isNumeric } from "./columnnumbers";

/** Labels, positions, and what is an area in other words: they tell little in a plot. */
const TELLS_LITTLE = /^(label$|bbox-|centroid|num_pixels|equivalent_diameter|area_)/;

/**
 * The columns that are plotted first, by number: an area if there is one, and the measurement after it.
 *
 * @returns `[x, y]`; y is -1 if there is no second numeric column, x is 0 if there is none at all
 * @example
 * firstPlotted([{ name: "label", dtype: "int32" }, { name: "area", dtype: "float64" }]); // [1, 0]
 */
export function firstPlotted(
  columns: readonly Pick<TableColumn, "name" | "dtype">[],
): [x: number, y: number] {
  const numeric = [...columns.keys()].filter((column) => isNumeric(columns[column]));
  const tells = numeric.filter((column) => !TELLS_LITTLE.test(columns[column].name));
  const ranked = [...tells, ...numeric.filter((column) => !tells.includes(column))];
  const area = ranked.find((column) => columns[column].name === "area");
  const x = area ?? ranked[0] ?? 0;
  return [x, ranked.find((column) => column !== x) ?? -1];
}

/** A list to choose one of some columns from. */
export function columnList(
  label: string,
  choices: readonly { readonly column: number; readonly title: string }[],
  start: number,
  choose: (column: number) => void,
): HTMLElement {
  const wrapper = document.createElement("label");
  wrapper.className = "be-Choice";
  const select = document.createElement("select");
  for (const { column, title } of choices) select.add(new Option(title, String(column)));
  select.value = String(start);
  select.addEventListener("change", () => choose(Number(select.value)));
  wrapper.append(label, select);
  return wrapper;
}
