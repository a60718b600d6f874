import type { ISessionContext } from "@jupyterlab/apputils";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import { type InsertionTarget, insertionObstacle } from "./insertion";

/** Follows the current notebook, and puts snippets into it. */
export class NotebookTarget {
  /** Why a snippet cannot be inserted now; `null` if it can. */
  obstacle: string | null = insertionObstacle(null);
  private readonly listeners = new Set<() => void>();
  private session: ISessionContext | null = null;

  constructor(private readonly tracker: INotebookTracker) {
    tracker.currentChanged.connect(this.follow, this);
    this.follow();
  }

  /** Call `listener` whenever `obstacle` has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Put code into the active cell if that is an empty code cell, else into a new one below it. */
  insert(code: string): void {
    const notebook = this.tracker.currentWidget?.content;
    const cells = notebook?.model?.sharedModel;
    if (!notebook || !cells || this.obstacle) return;
    const active = notebook.activeCell?.model;
    if (active?.type === "code" && active.sharedModel.getSource().trim() === "") {
      active.sharedModel.setSource(code);
    } else {
      const index = notebook.activeCellIndex + 1;
      // Code that a person inserts is theirs: its outputs are trusted, as those of a cell they type.
      cells.insertCell(index, { cell_type: "code", source: code, metadata: { trusted: true } });
      notebook.activeCellIndex = index;
    }
    notebook.deselectAll();
    if (notebook.activeCell) void notebook.scrollToItem(notebook.activeCellIndex);
    notebook.mode = "edit";
    notebook.activate();
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
    const obstacle = insertionObstacle(target);
    if (obstacle === this.obstacle) return;
    this.obstacle = obstacle;
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
