import { SELECTION_TARGET } from "@bioengine/mime";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { selectedLabels } from "./selection";

/** Let the notebook's kernel, the present one and those to come, ask for a selection. */
function answerKernels({ sessionContext }: NotebookPanel): void {
  const register = () =>
    sessionContext.session?.kernel?.registerCommTarget(SELECTION_TARGET, (comm, { content }) => {
      const { maskId } = content.data;
      const labels = typeof maskId === "string" ? selectedLabels(maskId) : null;
      comm.send({ labels: labels && [...labels] });
    });
  sessionContext.kernelChanged.connect(register);
  register();
}

/** Tells the cells of a notebook what is selected in its outputs: `await selection(mask)`. */
export const kernelSelectionPlugin: JupyterFrontEndPlugin<void> = {
  id: "@bioengine/labextension:selection",
  description: "Tells the kernel what is selected in BioEngine's masks and tables.",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app: JupyterFrontEnd, tracker: INotebookTracker) => {
    tracker.forEach(answerKernels);
    tracker.widgetAdded.connect((_, panel) => answerKernels(panel));
  },
};
