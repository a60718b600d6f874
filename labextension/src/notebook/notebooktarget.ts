import type { Variable } from "@bioengine/codex";
import type { ISessionContext } from "@jupyterlab/apputils";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import { withoutKnownImports } from "./imports";
import { type InsertionPlace, type InsertionTarget, insertionObstacle } from "./insertion";
import { describeVariables, variableNames } from "./notebookdata";

/** Follows the current notebook, and puts snippets into it. */
export class NotebookTarget {
  /** Why a snippet cannot be inserted now; `null` if it can. */
  obstacle: string | null;
  private readonly listeners = new Set<() => void>();
  private session: ISessionContext | null = null;
  private told: NotebookPanel | null = null;

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly trans: TranslationBundle,
  ) {
    this.obstacle = insertionObstacle(null, trans);
    tracker.currentChanged.connect(this.follow, this);
    this.follow();
  }

  /** Folder of the notebook, "" for the root; `null` if none is open. */
  get folder(): string | null {
    const path = this.tracker.currentWidget?.context.path;
    return path === undefined ? null : path.slice(0, Math.max(0, path.lastIndexOf("/")));
  }

  /** Call `listener` whenever another notebook is the current one, or `obstacle` has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** The code cells before one, by default before the active one. */
  sourcesBefore(index: number = this.tracker.currentWidget?.content.activeCellIndex ?? 0): string[] {
    const cells = this.tracker.currentWidget?.model?.sharedModel.cells ?? [];
    const earlier = cells.slice(0, index).filter((cell) => cell.cell_type === "code");
    return earlier.map((cell) => cell.getSource());
  }

  /** Put code into the notebook, without the imports that the cells before it make, and go there to edit it. */
  insert(code: string, place: InsertionPlace): void {
    const notebook = this.tracker.currentWidget?.content;
    const cells = notebook?.model?.sharedModel;
    if (!notebook || !cells || this.obstacle) return;
    const active = notebook.activeCell;
    const isCode = active?.model.type === "code";
    const isEmpty = active?.model.sharedModel.getSource().trim() === "";
    const index = notebook.activeCellIndex + (place === "above" ? 0 : 1);
    const isInto = isCode && (place === "cell" || (place === "here" && isEmpty));
    const source = withoutKnownImports(code, this.sourcesBefore(isInto ? index - 1 : index));
    if (isInto && isEmpty) active.model.sharedModel.setSource(source);
    else if (isInto) active.editor?.replaceSelection?.(source);
    else {
      // Code that a person inserts is theirs: its outputs are trusted, as those of a cell they type.
      cells.insertCell(index, { cell_type: "code", source, metadata: { trusted: true } });
      notebook.activeCellIndex = index;
    }
    notebook.deselectAll();
    if (notebook.activeCell) void notebook.scrollToItem(notebook.activeCellIndex);
    notebook.mode = "edit";
    notebook.activate();
  }

  /**
   * What the notebook's variables hold, asked of its kernel.
   *
   * @throws {Error} if the kernel is not there or is running a cell
   */
  async describeData(): Promise<Variable[]> {
    const panel = this.tracker.currentWidget;
    const kernel = panel?.sessionContext.session?.kernel;
    if (kernel?.status !== "idle") {
      throw new Error(`Cannot ask the kernel for its data: it must be idle, got ${kernel?.status ?? "none"}`);
    }
    const sources = this.sourcesBefore(panel?.model?.sharedModel.cells.length);
    return describeVariables(kernel, variableNames(sources));
  }

  private follow(): void {
    this.session?.kernelChanged.disconnect(this.update, this);
    this.session?.statusChanged.disconnect(this.update, this);
    const panel = this.tracker.currentWidget;
    this.session = panel?.sessionContext ?? null;
    this.session?.kernelChanged.connect(this.update, this);
    this.session?.statusChanged.connect(this.update, this);
    void panel?.context.ready.then(() => this.update());
    void this.update();
  }

  private async update(): Promise<void> {
    const panel = this.tracker.currentWidget;
    const target = panel && (await describe(panel));
    if (panel !== this.tracker.currentWidget) return;
    const obstacle = insertionObstacle(target, this.trans);
    if (obstacle === this.obstacle && panel === this.told) return;
    this.obstacle = obstacle;
    this.told = panel;
    for (const listener of this.listeners) listener();
  }
}

/** The running kernel knows best; without one, what the notebook says about the kernel it was saved with. */
async function describe({ sessionContext, model }: NotebookPanel): Promise<InsertionTarget> {
  const kernel = sessionContext.session?.kernel;
  const running = await kernel?.spec;
  if (running) return { language: running.language, kernelName: running.display_name };
  const saved: unknown = model?.getMetadata("kernelspec");
  const field = (name: string): string => {
    const value = saved && typeof saved === "object" ? Reflect.get(saved, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { language: model?.defaultKernelLanguage || field("language"), kernelName: field("display_name") };
}
