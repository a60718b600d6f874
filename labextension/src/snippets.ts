import { codexInstructions, snippets } from "@bioengine/codex";
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, Notification } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { copyText } from "./clipboard";
import { cellsIcon } from "./icon";
import { imageFilesIn } from "./imagefiles";
import type { InsertionPlace } from "./insertion";
import { NotebookTarget } from "./notebooktarget";
import { SnippetsPanel } from "./snippetspanel";

const CATEGORY = "BioEngine";
const INSERT = "bioengine:insert-snippet";
const SHOW = "bioengine:show-snippets";
const COPY_INSTRUCTIONS = "bioengine:copy-instructions";
const SIDEBAR_RANK = 700;

async function copy(text: string, message: string): Promise<void> {
  await copyText(text);
  Notification.success(message, { autoClose: 3000 });
}

/** Offers BioEngine's snippets in the left sidebar and the palette, and the instructions for code models. */
export const snippetsPlugin: JupyterFrontEndPlugin<void> = {
  id: "@bioengine/labextension:snippets",
  description: "Offers BioEngine's snippets and its instructions for code models.",
  autoStart: true,
  requires: [INotebookTracker, IRenderMimeRegistry],
  optional: [ITranslator, ICommandPalette, ILayoutRestorer],
  activate: (
    { commands, serviceManager, shell }: JupyterFrontEnd,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("bioengine");
    const target = new NotebookTarget(tracker, trans);
    const actions = {
      insert: (code: string, place: InsertionPlace) => target.insert(code, place),
      copy: (code: string) => void copy(code, trans.__("Snippet copied")),
    };
    const panel = new SnippetsPanel({ actions, rendermime, trans });
    panel.setSnippets(snippets);
    const offerImages = async () => {
      const { folder } = target;
      const paths = folder === null ? [] : await imageFilesIn(serviceManager.contents, folder);
      if (folder === target.folder) panel.setImageFiles(paths);
    };
    const showTarget = () => {
      panel.setObstacle(target.obstacle);
      void offerImages();
      commands.notifyCommandChanged(INSERT);
    };

    commands.addCommand(INSERT, {
      label: ({ title }) => trans.__("%1: Insert snippet: %2", CATEGORY, String(title)),
      caption: () => target.obstacle ?? "",
      isEnabled: () => target.obstacle === null,
      execute: ({ title }) => {
        const snippet = snippets.find((candidate) => candidate.title === title);
        if (!snippet) throw new RangeError(`Cannot insert a snippet: no snippet has the title ${title}`);
        target.insert(snippet.code, "here");
      },
    });
    commands.addCommand(SHOW, {
      label: trans.__("%1: Show snippets", CATEGORY),
      icon: cellsIcon,
      execute: () => shell.activateById(panel.id),
    });
    commands.addCommand(COPY_INSTRUCTIONS, {
      label: trans.__("%1: Copy the instructions for code models", CATEGORY),
      execute: () =>
        copy(codexInstructions(), trans.__("Instructions copied: paste them into a chat or a rules file")),
    });
    for (const { title } of snippets)
      palette?.addItem({ command: INSERT, category: CATEGORY, args: { title } });
    palette?.addItem({ command: SHOW, category: CATEGORY });
    palette?.addItem({ command: COPY_INSTRUCTIONS, category: CATEGORY });

    shell.add(panel, "left", { rank: SIDEBAR_RANK });
    restorer?.add(panel, panel.id);
    target.onChange(showTarget);
    showTarget();
  },
};
