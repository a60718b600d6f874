import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { codeModelPlugin } from "./codemodel";
import { kernelSelectionPlugin } from "./kernelselection";
import { renderersPlugin } from "./renderers";
import { segmentImagePlugin } from "./segmentimage";
import { snippetsPlugin } from "./snippets";

const plugins: JupyterFrontEndPlugin<void>[] = [
  renderersPlugin,
  kernelSelectionPlugin,
  snippetsPlugin,
  segmentImagePlugin,
  codeModelPlugin,
];
export default plugins;
