/** A slider with its name before it; `set` moves it without telling `choose`. */
export interface Slider {
  readonly node: HTMLElement;
  set(value: number): void;
}

/**
 * A slider from 0 to 1.
 *
 * @param title its tooltip and its name for screen readers
 */
export function slider(label: string, title: string, start: number, choose: (value: number) => void): Slider {
  const node = document.createElement("label");
  node.className = "be-Slider";
  node.title = title;
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: "0", max: "100", step: "any" });
  input.setAttribute("aria-label", title);
  input.addEventListener("input", () => choose(input.valueAsNumber / 100));
  node.append(label, input);
  const set = (value: number) => {
    input.valueAsNumber = value * 100;
  };
  set(start);
  return { node, set };
}
