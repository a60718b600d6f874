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

/**
 * Share of colour values in which two pictures of one size differ visibly.
 *
 * @param urls of the pictures
 */
export async function pictureDifference(...urls: [string, string]): Promise<number> {
  const pictures = await Promise.all(
    urls.map(async (url) => {
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      return picture;
    }),
  );
  const [{ naturalWidth: width, naturalHeight: height }] = pictures;
  const [expected, drawn] = pictures.map((picture) => {
    if (picture.naturalWidth !== width || picture.naturalHeight !== height)
      throw new Error(`got ${picture.naturalWidth} x ${picture.naturalHeight} beside ${width} x ${height}`);
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy?.drawImage(picture, 0, 0);
    return copy?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  });
  const different = expected.filter((level, at) => Math.abs(level - drawn[at]) > 60);
  return different.length / expected.length;
}
