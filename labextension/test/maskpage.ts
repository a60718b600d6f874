import { MASK_MIME } from "@bioengine/mime";
import { Widget } from "@lumino/widgets";
import { MaskViewer } from "../src/mask/maskviewer";
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

/** Share of pixels in which an SVG drawing differs visibly from the page's first mask. */
export async function differenceFromCanvas(svg: string): Promise<number> {
  const shown = document.querySelector<HTMLCanvasElement>(".be-Mask canvas");
  if (!shown) throw new Error("Cannot compare: the page must show a mask, got none");
  const drawing = new Image();
  drawing.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await drawing.decode();
  const [expected, drawn] = [shown, drawing].map((source) => {
    const copy = new OffscreenCanvas(shown.width, shown.height).getContext("2d");
    copy?.drawImage(source, 0, 0, shown.width, shown.height);
    return copy?.getImageData(0, 0, shown.width, shown.height).data ?? new Uint8ClampedArray();
  });
  const different = expected.filter((level, at) => Math.abs(level - drawn[at]) > 60);
  return different.length / expected.length;
}
