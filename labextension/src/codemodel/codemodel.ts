import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { INotebookTracker, NotebookActions } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { fixIcon, writeIcon } from "../icon";
import { NotebookTarget } from "../notebook/notebooktarget";
import { pointedCell } from "../notebook/pointedcell";
import { CellWriter, failureOf } from "./cellwriter";
import { markNotebooks } from "./writtenmark";

const ID = "@bioengine/labextension:codemodel";
const CATEGORY = "BioEngine";
const WRITE = "bioengine:write-cell";
const FIX = "bioengine:fix-cell";

/** Offers to have cells written and mended by a code model of the person's choice. */
export const codeModelPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: "Has a code model write and fix cells, if one is set.",
  autoStart: true,
  requires: [INotebookTracker, ISettingRegistry],
  optional: [ITranslator, ICommandPalette],
  activate: async (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: ISettingRegistry,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("bioengine");
    const target = new NotebookTarget(tracker, trans);
    const { commands } = app;
    markNotebooks(tracker, trans);

    const agreed = async () => {
      const settings = await registry.load(ID);
      const { composite } = settings.get("agreed");
      const addresses = Array.isArray(composite) ? composite.map(String) : [];
      return { settings, addresses };
    };
    const writer = new CellWriter(
      tracker,
      target,
      {
        has: async (address) => (await agreed()).addresses.includes(address),
        add: async (address) => {
          const { settings, addresses } = await agreed();
          await settings.set("agreed", [...addresses, address]);
        },
      },
      trans,
    );
    const isSuited = () => target.obstacle === null;
    const cellOf = (isPointed: unknown) =>
      isPointed === true ? pointedCell(app, tracker) : tracker.activeCell;
    const canFix = (isPointed: unknown) => {
      const cell = cellOf(isPointed);
      return isSuited() && !!cell && failureOf(cell) !== null;
    };
    commands.addCommand(WRITE, {
      label: trans.__("Write a cell with a code model…"),
      caption: trans.__("Write a cell with a code model"),
      icon: writeIcon,
      isEnabled: isSuited,
      isVisible: isSuited,
      execute: () => writer.write(),
    });
    commands.addCommand(FIX, {
      label: trans.__("Fix the cell with a code model…"),
      caption: trans.__("Fix the cell with a code model"),
      icon: fixIcon,
      isEnabled: ({ pointed }) => canFix(pointed),
      isVisible: ({ pointed }) => canFix(pointed),
      execute: async ({ pointed }) => {
        const cell = cellOf(pointed);
        if (cell) await writer.fix(cell);
      },
    });
    const update = () => {
      for (const command of [WRITE, FIX]) commands.notifyCommandChanged(command);
    };
    target.onChange(update);
    tracker.activeCellChanged.connect(update);
    NotebookActions.executed.connect(update);
    for (const command of [WRITE, FIX]) palette?.addItem({ command, category: CATEGORY });
  },
};
