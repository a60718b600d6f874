import { codexInstructions, snippets as ownSnippets, type Snippet } from "@bioengine/codex";
import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette, InputDialog, Notification } from "@jupyterlab/apputils";
import { ICompletionProviderManager } from "@jupyterlab/completer";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { copyText } from "../clipboard";
import { showError } from "../errornotice";
import { cellsIcon } from "../icon";
import { imageFilesIn } from "../notebook/imagefiles";
import type { InsertionPlace } from "../notebook/insertion";
import { NotebookTarget } from "../notebook/notebooktarget";
import { pointedCell } from "../notebook/pointedcell";
import { snippetCompletions } from "./snippetcompletion";
import { readSnippets, saveSnippet } from "./snippetfolder";
import { SnippetsPanel } from "./snippetspanel";

const ID = "@bioengine/labextension:snippets";
const CATEGORY = "BioEngine";
const INSERT = "bioengine:insert-snippet";
const SAVE = "bioengine:save-snippet";
const SHOW = "bioengine:show-snippets";
const COPY_INSTRUCTIONS = "bioengine:copy-instructions";
const COPY_WITH_DATA = "bioengine:copy-instructions-with-data";
const SIDEBAR_RANK = 700;

async function copy(text: string, message: string): Promise<void> {
  await copyText(text);
  Notification.success(message, { autoClose: 3000 });
}

/** Offers BioEngine's and a person's own snippets in the left sidebar and the palette, and the instructions for code models. */
export const snippetsPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: "Offers snippets, and BioEngine's instructions for code models.",
  autoStart: true,
  requires: [INotebookTracker, IRenderMimeRegistry, ISettingRegistry],
  optional: [ITranslator, ICommandPalette, ILayoutRestorer, ICompletionProviderManager],
  activate: async (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    registry: ISettingRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    completion: ICompletionProviderManager | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("bioengine");
    const target = new NotebookTarget(tracker, trans);
    const { commands, shell } = app;
    const { contents } = app.serviceManager;
    let snippets: readonly Snippet[] = ownSnippets;
    const actions = {
      insert: (code: string, place: InsertionPlace) => target.insert(code, place),
      copy: (code: string) => void copy(code, trans.__("Snippet copied")),
    };
    const panel = new SnippetsPanel({ actions, rendermime, trans });
    const offerImages = async () => {
      const { folder } = target;
      const paths = folder === null ? [] : await imageFilesIn(contents, folder);
      if (folder === target.folder) panel.setImageFiles(paths);
    };
    const showTarget = () => {
      panel.setObstacle(target.obstacle);
      void offerImages();
      for (const command of [INSERT, COPY_WITH_DATA]) commands.notifyCommandChanged(command);
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
    commands.addCommand(COPY_WITH_DATA, {
      label: trans.__("%1: Copy the instructions with this notebook's data", CATEGORY),
      isEnabled: () => target.obstacle === null,
      execute: async () => {
        try {
          await copy(
            codexInstructions({ variables: await target.describeData() }),
            trans.__("Instructions copied with what this notebook's variables hold"),
          );
        } catch (error) {
          showError(error);
        }
      },
    });
    palette?.addItem({ command: SHOW, category: CATEGORY });
    palette?.addItem({ command: COPY_INSTRUCTIONS, category: CATEGORY });
    palette?.addItem({ command: COPY_WITH_DATA, category: CATEGORY });

    shell.add(panel, "left", { rank: SIDEBAR_RANK });
    restorer?.add(panel, panel.id);
    panel.setSnippets(snippets);
    target.onChange(showTarget);
    showTarget();

    completion?.registerInlineProvider({
      name: trans.__("BioEngine snippets"),
      identifier: ID,
      icon: cellsIcon,
      fetch: async ({ text, offset }, { widget }) => {
        const isSuited = widget === tracker.currentWidget && target.obstacle === null;
        const texts = isSuited
          ? snippetCompletions(snippets, text.slice(0, offset), target.sourcesBefore())
          : [];
        return { items: texts.map((insertText) => ({ insertText })) };
      },
    });

    const settings = await registry.load(ID);
    const folders = (): string[] => {
      const { composite } = settings.get("folders");
      const paths = Array.isArray(composite) ? composite.map(String) : [];
      return paths.map((path) => path.replace(/^\/+|\/+$/g, "")).filter(Boolean);
    };
    let offered: { dispose(): void }[] = [];
    const readAll = async () => {
      const wanted = folders();
      const own = await Promise.all(wanted.map((folder) => readSnippets(contents, folder, showError)));
      if (wanted.join("\n") !== folders().join("\n")) return;
      snippets = [...ownSnippets, ...own.flat()];
      panel.setSnippets(snippets);
      for (const item of offered) item.dispose();
      offered = snippets.flatMap(({ title }) =>
        palette ? [palette.addItem({ command: INSERT, category: CATEGORY, args: { title } })] : [],
      );
    };
    commands.addCommand(SAVE, {
      label: trans.__("Save the cell as a snippet…"),
      icon: cellsIcon,
      isEnabled: ({ pointed }) =>
        folders().length > 0 && (pointed === true || tracker.activeCell?.model.type === "code"),
      execute: async ({ pointed }) => {
        const cell = pointed ? pointedCell(app, tracker) : tracker.activeCell;
        const code = cell?.model.sharedModel.getSource() ?? "";
        const [folder = ""] = folders();
        const { value: title } = await InputDialog.getText({
          title: trans.__("Save the cell as a snippet"),
          label: trans.__("Title"),
          okLabel: trans.__("Save"),
        });
        if (!title) return;
        try {
          Notification.success(
            trans.__("Snippet saved as %1", await saveSnippet(contents, folder, title, code)),
            { autoClose: 3000 },
          );
        } catch (error) {
          showError(error);
        }
      },
    });
    palette?.addItem({ command: SAVE, category: CATEGORY });
    contents.fileChanged.connect((_, { oldValue, newValue }) => {
      const changed = [oldValue?.path, newValue?.path].join("\n");
      if (folders().some((folder) => changed.includes(folder))) void readAll();
    });
    settings.changed.connect(readAll);
    await readAll();
  },
};
