import type { SnippetField } from "@bioengine/codex";

/** The inputs that fill in a snippet's fields. */
export interface FieldForm {
  readonly node: HTMLElement;
  /** One JSON value per field, in order. */
  literals(): string[];
}

/** One field's label and input, and the JSON value that the input stands for. */
interface FieldInput {
  readonly node: HTMLElement;
  literal(): string;
}

/** Id of the `datalist` with the paths that a field for an image file offers. */
export const IMAGE_FILES = "be-Snippets-imageFiles";

/**
 * @param fields what to ask for; the inputs begin with the fields' own values
 * @param onChange called whenever a person has changed a value
 */
export function fieldForm(fields: readonly SnippetField[], onChange: () => void): FieldForm {
  const node = document.createElement("div");
  node.className = "be-Snippet-fields";
  node.addEventListener("input", onChange);
  const inputs = fields.map(fieldInput);
  node.append(...inputs.map((input) => input.node));
  return { node, literals: () => inputs.map((input) => input.literal()) };
}

function fieldInput(field: SnippetField): FieldInput {
  const { choices } = field;
  const value: unknown = JSON.parse(field.literal);
  if (Array.isArray(value)) return checkboxes(field, typeof choices === "object" ? choices : value, value);
  if (typeof value === "number") return numberInput(field, value);
  if (typeof choices === "object") return menu(field, choices, value);
  return textInput(field, String(value));
}

function labelled(text: string, content: Node): HTMLLabelElement {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = text;
  label.append(name, content);
  return label;
}

function textInput({ label, choices }: SnippetField, value: string): FieldInput {
  const input = document.createElement("input");
  Object.assign(input, { type: "text", value, spellcheck: false });
  if (choices === "image files") input.setAttribute("list", IMAGE_FILES);
  return { node: labelled(label, input), literal: () => JSON.stringify(input.value) };
}

/** An input that holds no number leaves the field as it is. */
function numberInput({ label, literal }: SnippetField, value: number): FieldInput {
  const input = document.createElement("input");
  Object.assign(input, { type: "number", step: "any", value: String(value) });
  const typed = () => (Number.isFinite(input.valueAsNumber) ? String(input.valueAsNumber) : literal);
  return { node: labelled(label, input), literal: typed };
}

function menu({ label }: SnippetField, choices: readonly string[], value: unknown): FieldInput {
  const select = document.createElement("select");
  select.append(...choices.map((choice) => new Option(choice, choice, false, choice === value)));
  return { node: labelled(label, select), literal: () => JSON.stringify(select.value) };
}

function checkboxes(
  { label }: SnippetField,
  choices: readonly string[],
  chosen: readonly string[],
): FieldInput {
  const node = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = label;
  const boxes = choices.map((value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "checkbox", value, checked: chosen.includes(value) });
    return input;
  });
  node.append(
    legend,
    ...boxes.map((box) => {
      const choice = document.createElement("label");
      choice.append(box, box.value);
      return choice;
    }),
  );
  const checked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return {
    node,
    literal: () =>
      `[${checked()
        .map((name) => JSON.stringify(name))
        .join(", ")}]`,
  };
}
