import { decodeLabels, MASK_MIME, parseMaskPayload } from "@bioengine/mime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { errorBox } from "../errorbox";
import { guardKeys, isControlKey } from "../keyguard";
import { decodeImage } from "./displayimage";
import { isGestureKey } from "./gestures";
import { LabelMap } from "./labelmap";
import { MaskView } from "./maskview";
import { outcomeColors, outcomesOf } from "./outcome";
import { Scene } from "./scene";

async function makeView(json: unknown, onPaint: () => void): Promise<MaskView> {
  const payload = parseMaskPayload(json);
  const { width, height, image, comparison } = payload;
  const planes = payload.stack?.planes ?? 1;
  const [pixels, images, others] = await Promise.all([
    decodeLabels(payload),
    image ? decodeImage(image, planes) : [],
    comparison && decodeLabels({ ...payload, ...comparison }),
  ]);
  const map = new LabelMap(pixels, width, height, planes);
  if (!comparison || !others) return new MaskView(payload, new Scene(map, images), null, onPaint);
  const otherMap = new LabelMap(others, width, height, planes);
  const found = outcomesOf(map, comparison.mask);
  const expected = outcomesOf(otherMap, comparison.expected);
  const scene = new Scene(map, images, { map: otherMap, colors: outcomeColors(expected) });
  return new MaskView(payload, scene, { found, expected }, onPaint);
}

/** The output that shows a mask over its image, or the reason why it cannot. */
export class MaskViewer extends Widget implements IRenderMime.IRenderer {
  private view: MaskView | null = null;
  private renderings = 0;
  private readonly resizing = new ResizeObserver(() => this.view?.resize());
  private readonly unguardKeys: () => void;

  constructor() {
    super();
    this.addClass("be-Mask");
    this.resizing.observe(this.node);
    this.unguardKeys = guardKeys(
      this.node,
      (event) => isControlKey(event) || (event.target instanceof HTMLCanvasElement && isGestureKey(event)),
    );
  }

  /** Called again when the kernel updates the output; the last call wins. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const rendering = ++this.renderings;
    const made = await makeView(model.data[MASK_MIME], () => {
      this.node.dataset.ready = "true";
    }).catch((error: unknown) => errorBox(error));
    if (this.isDisposed || rendering !== this.renderings) {
      if (made instanceof MaskView) made.dispose();
      return;
    }
    this.view?.dispose();
    this.view = made instanceof MaskView ? made : null;
    this.node.replaceChildren(made instanceof MaskView ? made.node : made);
    this.view?.resize();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.resizing.disconnect();
    this.unguardKeys();
    this.view?.dispose();
    super.dispose();
  }
}
