import type { Cell } from "@jupyterlab/cells";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { TranslationBundle } from "@jupyterlab/translation";
import { PanelLayout, Widget } from "@lumino/widgets";
import { textButton } from "../button";
import { setWriting, writingOf } from "./writtencell";

/** Work of a code model on a cell. */
export interface Work {
  readonly model: string;
  readonly request: string;
  cancel(): void;
}

const marks = new WeakMap<Cell, WrittenMark>();

/** Above a cell's code: which code model wrote it or is at it, and what it was asked for. */
export class WrittenMark extends Widget {
  private work: Work | null = null;

  constructor(
    private readonly cell: Cell,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass("be-Written");
    this.node.setAttribute("role", "note");
    this.node.setAttribute("aria-label", trans.__("Written by a code model"));
    cell.model.metadataChanged.connect(this.render, this);
    this.render();
  }

  /** Whether a code model is at work. */
  get isBusy(): boolean {
    return this.work !== null;
  }

  /** Show that a code model is at work, until `null`. */
  setWork(work: Work | null): void {
    this.work = work;
    this.render();
  }

  private render(): void {
    const { trans, work } = this;
    const writing = writingOf(this.cell.model);
    this.setHidden(!work && !writing);
    const [who, request] = [document.createElement("span"), document.createElement("span")];
    who.className = "be-Written-who";
    request.className = "be-Written-request";
    request.textContent = work?.request ?? writing?.request ?? "";
    request.title = request.textContent;
    this.node.replaceChildren(who, request);
    if (work) {
      who.setAttribute("role", "status");
      who.textContent = trans.__("%1 is writing…", work.model);
      this.node.append(textButton(trans.__("Cancel"), trans.__("Ask no further"), () => work.cancel()));
    } else if (writing) {
      who.textContent = trans.__("Written by %1", writing.model);
      const { replaced } = writing;
      if (replaced !== undefined) {
        const restore = (): void => {
          this.cell.model.sharedModel.setSource(replaced.code);
          setWriting(this.cell.model, replaced.codeModel ?? null);
        };
        this.node.append(
          textButton(trans.__("Restore"), trans.__("Put back the code that was here before"), restore),
        );
      }
    }
  }
}

/** The mark of a cell; made on first need. */
export function markOf(cell: Cell, trans: TranslationBundle): WrittenMark {
  const made = marks.get(cell);
  if (made) return made;
  const mark = new WrittenMark(cell, trans);
  marks.set(cell, mark);
  // A cell out of sight has no parts yet.
  void cell.ready.then(() => {
    if (!cell.isDisposed && cell.layout instanceof PanelLayout) cell.layout.insertWidget(1, mark);
  });
  return mark;
}

/** Mark the cells of all notebooks, present and to come. */
export function markNotebooks(tracker: INotebookTracker, trans: TranslationBundle): void {
  const follow = async ({ content, context }: NotebookPanel): Promise<void> => {
    await context.ready;
    const markAll = (): void => {
      for (const cell of content.widgets) if (writingOf(cell.model)) markOf(cell, trans);
    };
    content.model?.cells.changed.connect(markAll);
    markAll();
  };
  tracker.forEach((panel) => void follow(panel));
  tracker.widgetAdded.connect((_, panel) => void follow(panel));
}
