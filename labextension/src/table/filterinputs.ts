import { trans } from "../translation";
import type { RowFilter } from "./rowfilter";

/** Fields for a column's filter: two bounds for numbers, a part of the text for everything else. */
export interface FilterInputs {
  readonly node: HTMLElement;
  /** Show the fields of another column, or what its filter has become. */
  show(isNumeric: boolean, filter: RowFilter | undefined): void;
}

/** @param change called with the column's new filter, `null` if the fields are empty */
export function filterInputs(change: (filter: RowFilter | null) => void): FilterInputs {
  const from = field("number", trans.__("from"), trans.__("Show rows from this value"));
  const to = field("number", trans.__("to"), trans.__("Show rows up to this value"));
  const text = field("search", trans.__("contains"), trans.__("Show rows that contain this text"));
  const node = document.createElement("span");
  node.className = "be-Filter";
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", trans.__("Filter"));
  node.append(trans.__("Show"), from, "–", to, text);
  const bound = (input: HTMLInputElement, open: number) => (input.value === "" ? open : input.valueAsNumber);
  for (const input of [from, to])
    input.addEventListener("input", () => {
      if (from.value === "" && to.value === "") change(null);
      else change({ from: bound(from, Number.NEGATIVE_INFINITY), to: bound(to, Number.POSITIVE_INFINITY) });
    });
  text.addEventListener("input", () => change(text.value === "" ? null : { text: text.value }));

  return {
    node,
    show(isNumeric, filter) {
      for (const input of [from, to]) input.hidden = !isNumeric;
      text.hidden = isNumeric;
      const numbers = filter && "from" in filter ? filter : undefined;
      // A field that is being typed in keeps what is typed: "1." is not "1".
      if (node.contains(document.activeElement) && filter) return;
      from.value = finiteText(numbers?.from);
      to.value = finiteText(numbers?.to);
      text.value = filter && "text" in filter ? filter.text : "";
    },
  };
}

function field(type: "number" | "search", placeholder: string, label: string): HTMLInputElement {
  const input = document.createElement("input");
  Object.assign(input, { type, placeholder, title: label });
  if (type === "number") input.step = "any";
  input.setAttribute("aria-label", label);
  return input;
}

function finiteText(value: number | undefined): string {
  return value !== undefined && Number.isFinite(value) ? String(value) : "";
}
