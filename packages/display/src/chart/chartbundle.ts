import type { MimeBundle } from "@bioengine/mime";
import { encodePng } from "../image/png";
import { paperInks, type Scene } from "./scene";
import { scenePicture } from "./scenepicture";
import { sceneSvg } from "./scenesvg";

/** Pixels of the PNG for one of the picture's: clear on fine screens, and on paper. */
const pngScale = 2;
const font = "Helvetica, Arial, sans-serif";

/** The notebook output of a chart: with tooltips, as pictures for front ends without Vega, and in words. */
export function chartBundle(spec: object, scene: Scene, digest: string): MimeBundle {
  const png = Buffer.from(encodePng(scenePicture(scene, pngScale))).toString("base64");
  const { width, height } = scene;
  return {
    data: {
      "application/vnd.vegalite.v5+json": spec,
      "image/svg+xml": sceneSvg(scene, { label: digest, inks: paperInks, background: "#ffffff", font }),
      "image/png": png,
      "text/plain": digest,
    },
    metadata: { "image/png": { width, height, alt: digest.replace(/\s+/g, " ") } },
  };
}
