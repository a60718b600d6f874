import { fillFields, type Snippet } from "@bioengine/codex";
import { type IRenderMimeRegistry, MimeModel } from "@jupyterlab/rendermime";
import type { TranslationBundle } from "@jupyterlab/translation";
import { glyphButton } from "../button";
import type { InsertionPlace } from "../notebook/insertion";
import { type FieldForm, fieldForm } from "./fieldform";

const MARKDOWN = "text/markdown";

/** What the panel does with a snippet's code, its fields filled in. */
export interface SnippetActions {
  insert(code: string, place: InsertionPlace): void;
  copy(code: string): void;
}

/** What all items of the panel share. */
export interface SnippetContext {
  readonly actions: SnippetActions;
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
}

/** One snippet of the panel: its title, and when open its fields, its preview and where it may go. */
export function snippetItem(snippet: Snippet, { actions, rendermime, trans }: SnippetContext): HTMLElement {
  const { title, description, fields } = snippet;
  const item = document.createElement("div");
  item.className = "be-Snippet";
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const name = document.createElement("span");
  name.className = "be-Snippet-title";
  name.textContent = title;
  const preview = document.createElement("div");
  preview.className = "be-Snippet-preview";
  let form: FieldForm | undefined;
  const code = () => fillFields(snippet.code, fields, form?.literals() ?? []);

  const insertButton = (text: string, place: InsertionPlace, hint: string): HTMLButtonElement => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "be-Snippets-insert", textContent: text });
    button.setAttribute("aria-label", `${text}: ${title}`);
    button.dataset.hint = hint;
    button.addEventListener("click", () => actions.insert(code(), place));
    return button;
  };
  summary.append(name);
  // Beside the summary, which is a button itself to a screen reader.
  const buttons = document.createElement("div");
  buttons.className = "be-Snippet-buttons";
  buttons.append(
    glyphButton("copy", trans.__("Copy %1", title), () => actions.copy(code())),
    insertButton(
      trans.__("Insert"),
      "here",
      trans.__("Insert into the active cell if that is empty, else below it"),
    ),
  );

  const places = document.createElement("div");
  places.className = "be-Snippet-places";
  places.append(
    insertButton(trans.__("Above"), "above", trans.__("Insert into a new cell above the active one")),
    insertButton(trans.__("Into the cell"), "cell", trans.__("Insert at the cursor of the active cell")),
    insertButton(trans.__("Below"), "below", trans.__("Insert into a new cell below the active one")),
  );

  // Through JupyterLab's Markdown, which colours code in the theme's colours.
  const show = async (): Promise<void> => {
    const shown = code();
    const renderer = rendermime.createRenderer(MARKDOWN);
    const data = { [MARKDOWN]: `${description}\n\n\`\`\`typescript\n${shown}\n\`\`\`` };
    await renderer.renderModel(new MimeModel({ data, trusted: false }));
    // Long lines are read with the arrow keys.
    for (const block of renderer.node.querySelectorAll("pre")) block.tabIndex = 0;
    if (shown === code()) preview.replaceChildren(renderer.node);
  };
  for (const handle of [summary, preview]) {
    handle.draggable = true;
    handle.title = trans.__("Drag into a cell");
    handle.addEventListener("dragstart", (event) => event.dataTransfer?.setData("text/plain", code()));
  }
  details.append(summary, preview, places);
  item.append(details, buttons);
  details.addEventListener("toggle", () => {
    if (!details.open || form) return;
    form = fieldForm(fields, () => void show());
    if (fields.length > 0) summary.after(form.node);
    void show();
  });
  return item;
}
