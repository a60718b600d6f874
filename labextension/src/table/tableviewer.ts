import { parseTablePayload, TABLE_MIME } from "@bioengine/mime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel, Widget } from "@lumino/widgets";
import { errorBox } from "../errorbox";
import { guardKeys, isControlKey } from "../keyguard";
import { isPlotKey } from "../plot/plotcanvas";
import { isGridKey } from "./tablegrid";
import { TableView } from "./tableview";

function makeView(json: unknown): Widget {
  try {
    return new TableView(parseTablePayload(json));
  } catch (error) {
    return new Widget({ node: errorBox(error) });
  }
}

/** The output that shows a table, or the reason why it cannot. */
export class TableViewer extends Panel implements IRenderMime.IRenderer {
  private view: Widget | null = null;
  // Outputs get no resize messages from JupyterLab.
  private readonly resizing = new ResizeObserver(() => this.fitView());
  private readonly unguardKeys: () => void;

  constructor() {
    super();
    this.addClass("be-Table");
    this.resizing.observe(this.node);
    this.unguardKeys = guardKeys(
      this.node,
      (event) => isControlKey(event) || isPlotKey(event) || isGridKey(event),
    );
  }

  /** Called again when the kernel updates the output. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.view?.dispose();
    this.view = makeView(model.data[TABLE_MIME]);
    this.addWidget(this.view);
    delete this.node.dataset.ready;
    this.fitView();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.resizing.disconnect();
    this.unguardKeys();
    super.dispose();
  }

  private fitView(): void {
    if (!(this.view instanceof TableView) || this.node.clientWidth === 0) return;
    this.view.resize();
    this.node.dataset.ready = "true";
  }
}
