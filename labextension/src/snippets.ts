import { codexInstructions, snippets } from "@bioengine/codex";
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, Notification } from "@jupyterlab/apputils";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { copyText } from "./clipboard";
import { cellsIcon } from "./icon";
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
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    { commands, shell }: JupyterFrontEnd,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const target = new NotebookTarget(tracker);
    const panel = new SnippetsPanel(snippets, rendermime, {
      insert: ({ title }) => void commands.execute(INSERT, { title }),
      copy: (text) => void copy(text, "Snippet copied"),
    });
    const showObstacle = () => {
      panel.setObstacle(target.obstacle);
      commands.notifyCommandChanged(INSERT);
    };

    commands.addCommand(INSERT, {
      label: ({ title }) => `${CATEGORY}: Insert snippet: ${title}`,
      caption: () => target.obstacle ?? "",
      isEnabled: () => target.obstacle === null,
      execute: ({ title }) => {
        const snippet = snippets.find((candidate) => candidate.title === title);
        if (!snippet) throw new RangeError(`Cannot insert a snippet: no snippet has the title ${title}`);
        target.insert(snippet.code);
      },
    });
    commands.addCommand(SHOW, {
      label: `${CATEGORY}: Show snippets`,
      icon: cellsIcon,
      execute: () => shell.activateById(panel.id),
    });
    commands.addCommand(COPY_INSTRUCTIONS, {
      label: `${CATEGORY}: Copy the instructions for code models`,
      execute: () => copy(codexInstructions(), "Instructions copied: paste them into a chat or a rules file"),
    });
    for (const { title } of snippets)
      palette?.addItem({ command: INSERT, category: CATEGORY, args: { title } });
    palette?.addItem({ command: SHOW, category: CATEGORY });
    palette?.addItem({ command: COPY_INSTRUCTIONS, category: CATEGORY });

    shell.add(panel, "left", { rank: SIDEBAR_RANK });
    restorer?.add(panel, panel.id);
    target.onChange(showObstacle);
    showObstacle();
  },
};
