import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { renderersPlugin } from "./renderers";
import { snippetsPlugin } from "./snippets";

const plugins: JupyterFrontEndPlugin<void>[] = [renderersPlugin, snippetsPlugin];
export default plugins;
