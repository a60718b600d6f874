import { MASK_MIME, TABLE_MIME } from "@bioengine/mime";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { ITranslator } from "@jupyterlab/translation";
import { MaskViewer } from "./mask/maskviewer";
import { TableViewer } from "./table/tableviewer";
import { translateWith } from "./translation";

/** Below every other renderer of the same output, so that these are preferred. */
const RANK = 10;

/** Shows masks and tables in outputs, also of notebooks that are not trusted: nothing in them is executed. */
export const renderersPlugin: JupyterFrontEndPlugin<void> = {
  id: "@bioengine/labextension:renderers",
  description: "Shows BioEngine's masks and tables in notebook outputs.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry, translator: ITranslator | null) => {
    if (translator) translateWith(translator);
    registry.addFactory({
      safe: true,
      mimeTypes: [MASK_MIME],
      defaultRank: RANK,
      createRenderer: () => new MaskViewer(),
    });
    registry.addFactory({
      safe: true,
      mimeTypes: [TABLE_MIME],
      defaultRank: RANK,
      createRenderer: () => new TableViewer(),
    });
  },
};
