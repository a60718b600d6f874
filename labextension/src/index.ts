import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { codeModelPlugin } from "./codemodel/codemodel";
import { kernelSelectionPlugin } from "./kernelselection";
import { segmentImagePlugin } from "./notebook/segmentimage";
import { renderersPlugin } from "./renderers";
import { snippetsPlugin } from "./snippets/snippets";

const plugins: JupyterFrontEndPlugin<void>[] = [
  renderersPlugin,
  kernelSelectionPlugin,
  snippetsPlugin,
  segmentImagePlugin,
  codeModelPlugin,
];
export default plugins;
