import { MASK_MIME } from "@bioengine/mime";
import { Widget } from "@lumino/widgets";
import { MaskViewer } from "../src/maskviewer";
import "../style/index.css";

/** What JupyterLab's themes set, as far as the masks' styles use it. */
const THEME: Record<string, string> = {
  "--jp-ui-font-family": "sans-serif",
  "--jp-ui-font-size1": "13px",
  "--jp-ui-font-color0": "black",
  "--jp-ui-font-color1": "#212121",
  "--jp-ui-font-color2": "#616161",
  "--jp-ui-inverse-font-color0": "white",
  "--jp-layout-color0": "white",
  "--jp-layout-color1": "white",
  "--jp-layout-color2": "#eeeeee",
  "--jp-inverse-layout-color1": "#212121",
  "--jp-border-color1": "#bdbdbd",
  "--jp-border-color2": "#e0e0e0",
  "--jp-brand-color1": "#1976d2",
  "--jp-error-color1": "#d32f2f",
  "--jp-rendermime-error-background": "#fdd",
};

/** Show mask outputs one below the other, as JupyterLab does, in place of those shown before. */
export async function showMasks(payloads: readonly unknown[]): Promise<MaskViewer[]> {
  for (const [name, value] of Object.entries(THEME)) document.body.style.setProperty(name, value);
  document.body.replaceChildren();
  const viewers = payloads.map(() => new MaskViewer());
  for (const viewer of viewers) Widget.attach(viewer, document.body);
  await Promise.all(
    viewers.map((viewer, position) =>
      viewer.renderModel({
        trusted: false,
        data: { [MASK_MIME]: payloads[position] } as never,
        metadata: {},
        setData() {},
      }),
    ),
  );
  return viewers;
}
