import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Cell } from "@jupyterlab/cells";
import type { INotebookTracker } from "@jupyterlab/notebook";

/** The cell of the context menu: a click of the right button points at one without making it the active one. */
export function pointedCell(app: JupyterFrontEnd, tracker: INotebookTracker): Cell | undefined {
  const node = app.contextMenuHitTest((element) => element.classList.contains("jp-CodeCell"));
  return tracker.currentWidget?.content.widgets.find((cell) => cell.node === node);
}
