/** A list to choose from, its name before it; `fill` replaces the list and keeps the choice where it still is one. */
export interface Dropdown {
  readonly node: HTMLElement;
  fill(names: readonly string[]): void;
}

/**
 * A dropdown list.
 *
 * @param choose gets the position of the chosen name in the list
 */
export function dropdown(
  label: string,
  title: string,
  names: readonly string[],
  choose: (position: number) => void,
): Dropdown {
  const node = document.createElement("label");
  node.className = "be-Dropdown";
  node.title = title;
  const select = document.createElement("select");
  select.setAttribute("aria-label", title);
  select.addEventListener("change", () => choose(select.selectedIndex));
  node.append(label, select);
  const fill = (list: readonly string[]) => {
    const chosen = list.indexOf(select.value);
    select.replaceChildren(...list.map((name) => new Option(name, name)));
    select.selectedIndex = Math.max(chosen, 0);
  };
  fill(names);
  return { node, fill };
}
