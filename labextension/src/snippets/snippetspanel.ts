import type { Snippet } from "@bioengine/codex";
import { Panel, Widget } from "@lumino/widgets";
import { cellsIcon } from "../icon";
import { IMAGE_FILES } from "./fieldform";
import { type SnippetContext, snippetItem } from "./snippetitem";
import { searchSnippets } from "./snippetsearch";

/** The sidebar's list of snippets: searched, filled in, previewed, inserted, copied or dragged into a cell. */
export class SnippetsPanel extends Panel {
  private readonly obstacle = document.createElement("p");
  private readonly found = document.createElement("p");
  private readonly list = document.createElement("div");
  private readonly search = document.createElement("input");
  private readonly images = document.createElement("datalist");
  private obstructed: string | null = null;
  private snippets: readonly Snippet[] = [];

  constructor(private readonly context: SnippetContext) {
    super();
    const { trans } = context;
    const name = trans.__("BioEngine snippets");
    this.id = "bioengine-snippets";
    this.addClass("be-Snippets");
    this.title.icon = cellsIcon;
    this.title.caption = name;
    this.node.setAttribute("role", "region");
    this.node.setAttribute("aria-label", name);

    const heading = document.createElement("h2");
    heading.textContent = name;
    const prompt = trans.__("Search snippets");
    Object.assign(this.search, { type: "search", placeholder: prompt });
    this.search.setAttribute("aria-label", prompt);
    this.search.addEventListener("input", () => this.fill());
    this.obstacle.className = "be-Snippets-obstacle";
    this.found.className = "be-Snippets-found";
    for (const message of [this.obstacle, this.found]) message.setAttribute("role", "status");
    this.images.id = IMAGE_FILES;
    const header = document.createElement("div");
    header.className = "be-Snippets-header";
    header.append(heading, this.search, this.found, this.obstacle, this.images);
    this.list.className = "be-Snippets-list";
    this.addWidget(new Widget({ node: header }));
    this.addWidget(new Widget({ node: this.list }));
    this.node.addEventListener("keydown", (event) => this.moveFocus(event));
  }

  /** Offer these snippets, by category in their order. */
  setSnippets(snippets: readonly Snippet[]): void {
    this.snippets = snippets;
    this.fill();
  }

  /** Offer these paths to fields for an image file. */
  setImageFiles(paths: readonly string[]): void {
    this.images.replaceChildren(...paths.map((path) => new Option(path, path)));
  }

  /** Say why nothing can be inserted now; `null` if it can. */
  setObstacle(obstacle: string | null): void {
    this.obstructed = obstacle;
    this.obstacle.textContent = obstacle ?? "";
    this.obstacle.hidden = obstacle === null;
    this.markObstructed();
  }

  protected override onActivateRequest(): void {
    this.search.focus();
  }

  private fill(): void {
    const { trans } = this.context;
    const query = this.search.value;
    const groups = searchSnippets(this.snippets, query);
    const count = groups.reduce((sum, group) => sum + group.snippets.length, 0);
    this.list.replaceChildren(
      ...groups.flatMap(({ category, snippets }) => {
        const heading = document.createElement("h3");
        heading.textContent = category;
        return [heading, ...snippets.map((snippet) => snippetItem(snippet, this.context))];
      }),
    );
    this.found.textContent =
      count > 0
        ? trans._n("%1 snippet", "%1 snippets", count, count)
        : trans.__("No snippet contains “%1”.", query);
    this.markObstructed();
  }

  private markObstructed(): void {
    for (const button of this.list.querySelectorAll<HTMLButtonElement>(".be-Snippets-insert")) {
      button.disabled = this.obstructed !== null;
      button.title = this.obstructed ?? button.dataset.hint ?? "";
    }
  }

  /** The arrow keys go from the search to the titles and along them. */
  private moveFocus(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops: HTMLElement[] = [this.search, ...this.list.querySelectorAll("summary")];
    const at = event.target instanceof HTMLElement ? stops.indexOf(event.target) : -1;
    if (step === undefined || at < 0) return;
    event.preventDefault();
    stops[at + step]?.focus();
  }
}
