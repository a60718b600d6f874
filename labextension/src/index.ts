import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { kernelSelectionPlugin } from "./kernelselection";
import { renderersPlugin } from "./renderers";
import { segmentImagePlugin } from "./segmentimage";
import { snippetsPlugin } from "./snippets";

const plugins: JupyterFrontEndPlugin<void>[] = [
  renderersPlugin,
  kernelSelectionPlugin,
  snippetsPlugin,
  segmentImagePlugin,
];
export default plugins;
