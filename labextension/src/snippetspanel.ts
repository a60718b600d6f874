import type { Snippet } from "@bioengine/codex";
import { type IRenderMimeRegistry, MimeModel } from "@jupyterlab/rendermime";
import { Panel, Widget } from "@lumino/widgets";
import { glyphButton } from "./button";
import { cellsIcon } from "./icon";
import { searchSnippets } from "./snippetsearch";

const MARKDOWN = "text/markdown";

/** What the panel does with a snippet. */
export interface SnippetActions {
  insert(snippet: Snippet): void;
  copy(text: string): void;
}

/** The sidebar's list of snippets: searched, previewed, inserted, copied or dragged into a cell. */
export class SnippetsPanel extends Panel {
  private readonly obstacle = document.createElement("p");
  private readonly list = document.createElement("div");
  private readonly search = document.createElement("input");
  private obstructed: string | null = null;

  constructor(
    private readonly snippets: readonly Snippet[],
    private readonly rendermime: IRenderMimeRegistry,
    private readonly actions: SnippetActions,
  ) {
    super();
    this.id = "bioengine-snippets";
    this.addClass("be-Snippets");
    this.title.icon = cellsIcon;
    this.title.caption = "BioEngine snippets";
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", "BioEngine snippets");

    const heading = document.createElement("h2");
    heading.textContent = "BioEngine snippets";
    Object.assign(this.search, { type: "search", placeholder: "Search snippets" });
    this.search.setAttribute("aria-label", "Search snippets");
    this.search.addEventListener("input", () => this.fill());
    this.obstacle.className = "be-Snippets-obstacle";
    this.obstacle.setAttribute("role", "status");
    const header = document.createElement("div");
    header.className = "be-Snippets-header";
    header.append(heading, this.search, this.obstacle);
    this.list.className = "be-Snippets-list";
    this.addWidget(new Widget({ node: header }));
    this.addWidget(new Widget({ node: this.list }));
    this.fill();
  }

  /** Say why nothing can be inserted now; `null` if it can. */
  setObstacle(obstacle: string | null): void {
    this.obstructed = obstacle;
    this.obstacle.textContent = obstacle ?? "";
    this.obstacle.hidden = obstacle === null;
    for (const button of this.list.querySelectorAll<HTMLButtonElement>(".be-Snippets-insert"))
      this.markObstructed(button);
  }

  private fill(): void {
    const groups = searchSnippets(this.snippets, this.search.value);
    this.list.replaceChildren(
      ...groups.flatMap(({ category, snippets }) => {
        const heading = document.createElement("h3");
        heading.textContent = category;
        return [heading, ...snippets.map((snippet) => this.item(snippet))];
      }),
    );
    if (groups.length > 0) return;
    const nothing = document.createElement("p");
    nothing.className = "be-Snippets-nothing";
    nothing.textContent = `No snippet contains “${this.search.value}”.`;
    this.list.append(nothing);
  }

  private item(snippet: Snippet): HTMLElement {
    const item = document.createElement("details");
    item.className = "be-Snippet";
    const summary = document.createElement("summary");
    const title = document.createElement("span");
    title.className = "be-Snippet-title";
    title.textContent = snippet.title;
    const insert = document.createElement("button");
    Object.assign(insert, { type: "button", className: "be-Snippets-insert", textContent: "Insert" });
    insert.setAttribute("aria-label", `Insert ${snippet.title}`);
    insert.addEventListener("click", (event) => {
      event.preventDefault();
      this.actions.insert(snippet);
    });
    this.markObstructed(insert);
    const copy = glyphButton("copy", `Copy ${snippet.title}`, () => this.actions.copy(snippet.code));
    copy.addEventListener("click", (event) => event.preventDefault());
    summary.append(title, copy, insert);

    const preview = document.createElement("div");
    preview.className = "be-Snippet-preview";
    preview.draggable = true;
    preview.title = "Drag into a cell";
    preview.addEventListener("dragstart", (event) => event.dataTransfer?.setData("text/plain", snippet.code));
    item.append(summary, preview);
    item.addEventListener("toggle", () => {
      if (item.open && !preview.hasChildNodes()) void this.preview(snippet, preview);
    });
    return item;
  }

  /** Through JupyterLab's Markdown, which colours code in the theme's colours. */
  private async preview({ description, code }: Snippet, into: HTMLElement): Promise<void> {
    const renderer = this.rendermime.createRenderer(MARKDOWN);
    into.append(renderer.node);
    const data = { [MARKDOWN]: `${description}\n\n\`\`\`typescript\n${code}\n\`\`\`` };
    await renderer.renderModel(new MimeModel({ data, trusted: false }));
  }

  private markObstructed(button: HTMLButtonElement): void {
    button.disabled = this.obstructed !== null;
    button.title = this.obstructed ?? "Insert into the active cell if that is empty, else below it";
  }
}
