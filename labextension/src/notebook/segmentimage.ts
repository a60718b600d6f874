import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { PathExt } from "@jupyterlab/coreutils";
import { IFileBrowserFactory } from "@jupyterlab/filebrowser";
import { ILauncher } from "@jupyterlab/launcher";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import type { ServiceManager } from "@jupyterlab/services";
import { ITranslator, nullTranslator } from "@jupyterlab/translation";
import { showError } from "../errornotice";
import { cellsIcon } from "../icon";
import { isImageFile } from "./imagefiles";
import { NotebookTarget } from "./notebooktarget";
import { type KernelName, segmentationCells, segmentationNotebook } from "./segmentationnotebook";

const IN_NEW_NOTEBOOK = "bioengine:segment-image";
const IN_THIS_NOTEBOOK = "bioengine:segment-image-here";
const NEW_NOTEBOOK = "bioengine:new-segmentation";
const EXAMPLE = "image.tif";

/** Segments an image of the file browser in a new notebook or the open one, and offers a notebook in the launcher. */
export const segmentImagePlugin: JupyterFrontEndPlugin<void> = {
  id: "@bioengine/labextension:segment-image",
  description: "Makes notebooks that segment an image.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, IFileBrowserFactory, ILauncher],
  activate: (
    { commands, contextMenu, serviceManager }: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    browsers: IFileBrowserFactory | null,
    launcher: ILauncher | null,
  ) => {
    const trans = (translator ?? nullTranslator).load("bioengine");
    const target = new NotebookTarget(tracker, trans);
    const selectedImage = (): string | null => {
      const items = [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])];
      const [item] = items;
      return item && items.length === 1 && isImageFile(item.name) ? item.path : null;
    };
    const openNotebook = async (folder: string, image: string): Promise<NotebookPanel> => {
      const kernel = await typescriptKernel(serviceManager.kernelspecs);
      const path = await freePath(serviceManager.contents, folder, image.replace(/\..*$/, ""));
      const content = segmentationNotebook(image, kernel);
      await serviceManager.contents.save(path, { type: "notebook", format: "json", content });
      return commands.execute("docmanager:open", { path, factory: "Notebook" });
    };
    const told = async <T>(work: Promise<T>): Promise<T | undefined> => {
      try {
        return await work;
      } catch (error) {
        showError(error);
        return undefined;
      }
    };

    commands.addCommand(IN_NEW_NOTEBOOK, {
      label: trans.__("Segment this image in a new notebook"),
      icon: cellsIcon,
      isVisible: () => selectedImage() !== null,
      execute: async () => {
        const image = selectedImage();
        if (image === null) return;
        const panel = await told(openNotebook(PathExt.dirname(image), PathExt.basename(image)));
        await panel?.sessionContext.ready;
        if (panel) await commands.execute("notebook:run-all-cells");
      },
    });
    commands.addCommand(IN_THIS_NOTEBOOK, {
      label: trans.__("Segment this image in the open notebook"),
      icon: cellsIcon,
      isVisible: () => selectedImage() !== null && target.obstacle === null,
      execute: () => {
        const image = selectedImage();
        if (image === null || target.folder === null) return;
        for (const cell of segmentationCells(PathExt.relative(target.folder, image)))
          target.insert(cell, "here");
      },
    });
    commands.addCommand(NEW_NOTEBOOK, {
      label: trans.__("Segment an image"),
      caption: trans.__("A notebook that reads, segments and measures an image"),
      icon: cellsIcon,
      execute: ({ cwd }) => told(openNotebook(String(cwd ?? ""), EXAMPLE)),
    });
    for (const [rank, command] of [IN_NEW_NOTEBOOK, IN_THIS_NOTEBOOK].entries())
      contextMenu.addItem({ command, selector: ".jp-DirListing-item", rank: 2 + rank / 10 });
    launcher?.add({ command: NEW_NOTEBOOK, category: "BioEngine" });
  },
};

/** BioEngine's kernel if it is installed, else another for TypeScript. */
async function typescriptKernel(manager: ServiceManager.IManager["kernelspecs"]): Promise<KernelName> {
  await manager.ready;
  const specs = Object.values(manager.specs?.kernelspecs ?? {}).flatMap((spec) => (spec ? [spec] : []));
  const suited = specs.filter(({ language }) => /^typescript$/i.test(language));
  const kernel = suited.find(({ name }) => name === "bioengine") ?? suited[0];
  if (!kernel) {
    const installed = specs.map((spec) => spec.display_name).join(", ") || "no kernel";
    throw new RangeError(
      `Cannot segment the image: a TypeScript kernel must be installed, got ${installed}; install one with: bioengine install`,
    );
  }
  return kernel;
}

/** Path of a new notebook in a folder: a request for one that is missing would be an error in the console. */
async function freePath(
  contents: ServiceManager.IManager["contents"],
  folder: string,
  stem: string,
): Promise<string> {
  const { content } = await contents.get(folder, { type: "directory", content: true });
  const taken = new Set(content.map(({ name }: { name: string }) => name));
  let name = `${stem}.ipynb`;
  for (let number = 2; taken.has(name); number++) name = `${stem}-${number}.ipynb`;
  return PathExt.join(folder, name);
}
