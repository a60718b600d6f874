import { type ChatOptions, chatInstructions, type FailedCell } from "@bioengine/codex";
import type { CodeModelPlace } from "@bioengine/mime";
import { Dialog, Notification, showDialog } from "@jupyterlab/apputils";
import { type Cell, isCodeCellModel } from "@jupyterlab/cells";
import type { INotebookTracker, NotebookPanel } from "@jupyterlab/notebook";
import type { Kernel } from "@jupyterlab/services";
import type { TranslationBundle } from "@jupyterlab/translation";
import { showError } from "../errornotice";
import type { NotebookTarget } from "../notebook/notebooktarget";
import { codeIn, spoken } from "./codeanswer";
import { Cancelled, CodeModelComm, failureText } from "./codemodelcomm";
import { askRequest } from "./promptbox";
import { setWriting, writingOf } from "./writtencell";
import { markOf } from "./writtenmark";

/** The addresses that a person has agreed to send requests to. */
export interface AgreedPlaces {
  has(address: string): Promise<boolean>;
  add(address: string): Promise<void>;
}

/** A request that a person has made, ready to be sent. */
interface Conversation {
  readonly comm: CodeModelComm;
  readonly kernel: Kernel.IKernelConnection;
  readonly model: string;
  readonly instructions: string;
  readonly request: string;
}

/** Has a code model write new cells of a notebook, and mend those that failed. */
export class CellWriter {
  /** What a person asked for without getting it. */
  private draft = "";

  constructor(
    private readonly tracker: INotebookTracker,
    private readonly target: NotebookTarget,
    private readonly agreed: AgreedPlaces,
    private readonly trans: TranslationBundle,
  ) {}

  /** Ask what a new cell should do, and let it be written below the active one, or into that if it is empty. */
  async write(): Promise<void> {
    const panel = this.tracker.currentWidget;
    const conversation = await this.begin(panel, {});
    if (!panel || !conversation) return;
    const { model, request } = conversation;
    const before = panel.content.widgets.length;
    const cell = emptyCell(panel);
    const isNew = panel.content.widgets.length > before;
    setWriting(cell.model, { model, request });
    const { sharedModel } = cell.model;
    // Every piece would be a step to undo.
    const show = (code: string): void => sharedModel.transact(() => sharedModel.setSource(code), false);
    const code = await this.follow(conversation, cell, request, (answer) =>
      show(codeIn(answer, false) ?? ""),
    );
    if (cell.isDisposed) return;
    if (code !== null) show(code);
    else if (sharedModel.getSource().trim() !== "") return;
    else if (isNew) removeCell(panel, cell);
    else setWriting(cell.model, null);
  }

  /** Ask a code model to mend a cell that failed; its code is replaced at once, and can be put back. */
  async fix(cell: Cell): Promise<void> {
    const failed = failureOf(cell);
    if (!failed || markOf(cell, this.trans).isBusy) return;
    const conversation = await this.begin(this.tracker.currentWidget, { failed });
    if (!conversation) return;
    const { model } = conversation;
    const request = conversation.request || this.trans.__("Fix: %1", firstLine(failed.error));
    const code = await this.follow(conversation, cell, request, () => {});
    if (code === null || cell.isDisposed) return;
    const { sharedModel } = cell.model;
    const earlier = writingOf(cell.model);
    const replaced = { code: sharedModel.getSource(), ...(earlier && { codeModel: earlier }) };
    sharedModel.setSource(code);
    setWriting(cell.model, { model, request, replaced });
  }

  /** Ask for the request; null if nothing is to be sent. */
  private async begin(panel: NotebookPanel | null, options: ChatOptions): Promise<Conversation | null> {
    const kernel = panel?.sessionContext.session?.kernel;
    if (!kernel) return null;
    const comm = new CodeModelComm(kernel, this.trans);
    const nothing = (): null => {
      comm.close();
      return null;
    };
    try {
      // Before the comm's messages, which make the kernel busy.
      const variables = await this.target.describeData();
      const opening = await comm.open();
      if (opening.kind === "failure") throw new Error(failureText(opening, this.trans));
      if (opening.kind !== "place") {
        await this.explain(opening.kind === "unset" ? opening.file : "");
        return nothing();
      }
      const instructions = chatInstructions({ ...options, variables });
      const request = await this.ask(opening, instructions, options.failed);
      if (request === null) return nothing();
      return { comm, kernel, model: opening.model, instructions, request };
    } catch (error) {
      if (!(error instanceof Cancelled)) showError(error);
      return nothing();
    }
  }

  private async ask(
    place: CodeModelPlace,
    instructions: string,
    failed: FailedCell | undefined,
  ): Promise<string | null> {
    const isAgreed = await this.agreed.has(place.address);
    const request = await askRequest(
      failed
        ? { place, instructions, isAgreed, error: firstLine(failed.error), draft: "" }
        : { place, instructions, isAgreed, draft: this.draft },
      this.trans,
    );
    if (request !== null && !isAgreed) await this.agreed.add(place.address);
    return request;
  }

  /**
   * Send the request and follow the answer.
   *
   * @param onAnswer is told what there is of the answer
   * @returns the code of the whole answer; null if it has none, or there is no whole one
   */
  private async follow(
    { comm, kernel, model, instructions, request: own }: Conversation,
    cell: Cell,
    request: string,
    onAnswer: (answer: string) => void,
  ): Promise<string | null> {
    const { trans } = this;
    const mark = markOf(cell, trans);
    const cancel = (): void => comm.close();
    let answer = "";
    mark.setWork({ model, request, cancel });
    cell.disposed.connect(cancel);
    try {
      const messages = [
        { role: "system", content: instructions },
        { role: "user", content: own || trans.__("Fix the cell.") },
      ] as const;
      const isCut = await comm.ask(messages, (text) => {
        answer += text;
        onAnswer(answer);
      });
      const code = codeIn(answer, true) ?? (await plainCode(answer, kernel));
      this.draft = code === null ? own : "";
      if (code === null) await this.tell(model, spoken(answer));
      else if (isCut) Notification.warning(trans.__("%1 stopped before the end of its answer.", model));
      return code;
    } catch (error) {
      this.draft = own;
      if (!(error instanceof Cancelled)) showError(error);
      return null;
    } finally {
      cell.disposed.disconnect(cancel);
      comm.close();
      if (!mark.isDisposed) mark.setWork(null);
    }
  }

  /** Show an answer without code. */
  private async tell(model: string, answer: string): Promise<void> {
    const { trans } = this;
    await showDialog({
      title: trans.__("%1 wrote no code", model),
      body: answer.trim() || trans.__("Its answer is empty."),
      buttons: [Dialog.okButton({ label: trans.__("Close") })],
    });
  }

  /** Say how a code model is set. */
  private async explain(file: string): Promise<void> {
    const { trans } = this;
    await showDialog({
      title: trans.__("No code model is set"),
      body: trans.__(
        "Nothing was sent. In a terminal where Jupyter runs, type: npx bioengine codemodel --url https://…/v1 --model … It asks for the key, and keeps all in %1. Or set BIOENGINE_CODE_MODEL_URL, _MODEL and _KEY before Jupyter starts.",
        file,
      ),
      buttons: [Dialog.okButton({ label: trans.__("Close") })],
    });
  }
}

/** Code and error of a cell; null if it hasn't failed. */
export function failureOf({ model }: Cell): FailedCell | null {
  if (!isCodeCellModel(model)) return null;
  for (const output of model.outputs.toJSON()) {
    if (output.output_type !== "error") continue;
    const traceback = Array.isArray(output.traceback) ? output.traceback.join("\n") : "";
    const error = traceback || `${output.ename}: ${output.evalue}`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one
    return { code: model.sharedModel.getSource(), error: error.replace(/\u001b\[[\d;]*m/g, "") };
  }
  return null;
}

const firstLine = (text: string): string => text.trim().split("\n")[0] ?? "";

/** The active cell if it is one for code and empty, else a new one below it; it becomes the active one. */
function emptyCell({ content }: NotebookPanel): Cell {
  const { activeCell, activeCellIndex, model } = content;
  const isEmpty = activeCell?.model.type === "code" && activeCell.model.sharedModel.getSource().trim() === "";
  if (isEmpty) return activeCell;
  model?.sharedModel.insertCell(activeCellIndex + 1, { cell_type: "code", source: "" });
  content.activeCellIndex = activeCellIndex + 1;
  void content.scrollToItem(activeCellIndex + 1);
  const cell = content.widgets[activeCellIndex + 1];
  if (!cell) throw new RangeError("Cannot write a cell: the notebook must take another cell, got none");
  return cell;
}

function removeCell({ content }: NotebookPanel, cell: Cell): void {
  const index = content.widgets.indexOf(cell);
  if (index >= 0) content.model?.sharedModel.deleteCell(index);
}

/** An answer without a fence, if it is a cell all the same: the kernel, which knows TypeScript, says so. */
async function plainCode(answer: string, kernel: Kernel.IKernelConnection): Promise<string | null> {
  const code = spoken(answer).trim();
  // A single word is TypeScript, too.
  if (!/[=(;]/.test(code) || kernel.status !== "idle") return null;
  const { content } = await kernel.requestIsComplete({ code });
  return content.status === "complete" ? code : null;
}
