let groups = 0;

/** One of the alternatives of a switch. */
export interface Alternative<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly title: string;
}

/**
 * Buttons of which one is pressed.
 *
 * @param name for screen readers
 */
export function switchOf<Value extends string>(
  name: string,
  alternatives: readonly Alternative<Value>[],
  start: Value,
  choose: (value: Value) => void,
): HTMLElement {
  const group = document.createElement("div");
  group.className = "be-Switch";
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", name);
  const groupName = `be-switch-${groups++}`;
  for (const { value, label, title } of alternatives) {
    const choice = document.createElement("label");
    choice.title = title;
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name: groupName, value, checked: value === start });
    input.addEventListener("change", () => choose(value));
    const text = document.createElement("span");
    text.textContent = label;
    choice.append(input, text);
    group.append(choice);
  }
  return group;
}
