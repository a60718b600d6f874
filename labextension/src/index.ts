import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { kernelSelectionPlugin } from "./kernelselection";
import { renderersPlugin } from "./renderers";
import { snippetsPlugin } from "./snippets";

const plugins: JupyterFrontEndPlugin<void>[] = [renderersPlugin, kernelSelectionPlugin, snippetsPlugin];
export default plugins;
