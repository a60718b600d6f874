import type { Size } from "../viewport";
import { labelOutlines } from "./labeloutline";
import { INK, type Legend, PAPER } from "./legend";
import { MARK_FONT, type Mark, markShape } from "./mark";
import { paint } from "./painter";
import { CONTOUR_WIDTH, type Look, type Scene } from "./scene";

/** What is drawn beside a mask. */
export interface Marks {
  /** Over the picture. */
  readonly over: readonly Mark[];
  readonly legend: Legend;
}

/**
 * What a canvas shows as SVG: the image as a picture, labels and legends as shapes that drawing programs can edit.
 *
 * @param size of the canvas in CSS pixels
 */
export function svgPicture(scene: Scene, look: Look, { over, legend }: Marks, size: Size): string {
  const { viewport, mode, opacity } = look;
  const { map } = scene;
  const box = {
    left: Math.max(0, Math.floor(viewport.left)),
    top: Math.max(0, Math.floor(viewport.top)),
    right: Math.min(map.width, Math.ceil(viewport.left + size.width / viewport.scale)),
    bottom: Math.min(map.height, Math.ceil(viewport.top + size.height / viewport.scale)),
  };
  const outlines = mode === "off" ? [] : [...labelOutlines(map, box)];
  const fill = mode === "fill" ? opacity : 0;
  const shapes = outlines.map(([index, path]) => {
    const color = scene.cssColor(index);
    const stroke = scene.selected.includes(index) ? "white" : color;
    return `<path id="label-${map.labels[index]}" d="${path}" fill="${color}" fill-opacity="${fill}" stroke="${stroke}"/>`;
  });
  const { width, height } = size;
  const shift = `scale(${viewport.scale}) translate(${-viewport.left} ${-viewport.top})`;
  const whole = height + legend.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">`,
    `<image width="${width}" height="${height}" href="${imageUrl(scene, look, size)}"/>`,
    `<g transform="${shift}" fill-rule="evenodd" stroke-width="${CONTOUR_WIDTH / viewport.scale}">`,
    ...shapes,
    "</g>",
    `<g style="font: ${MARK_FONT}" dominant-baseline="central">`,
    ...over.map((mark) => markShape(mark)),
    "</g>",
    ...(legend.height > 0 ? legendShapes(legend, size) : []),
    "</svg>",
  ].join("\n");
}

/** The image without labels as a PNG. */
function imageUrl(scene: Scene, look: Look, { width, height }: Size): string {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * look.pixelRatio);
  canvas.height = Math.round(height * look.pixelRatio);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("Cannot draw a picture: the browser must have canvases, got none");
  const { selected } = scene;
  scene.select([]);
  paint(scene, { ...look, mode: "off", hovered: 0 }, context);
  scene.select(selected);
  return canvas.toDataURL("image/png");
}

function legendShapes(legend: Legend, { width, height }: Size): string[] {
  return [
    `<rect y="${height}" width="${width}" height="${legend.height}" fill="${PAPER}"/>`,
    `<g transform="translate(0 ${height})" style="font: ${MARK_FONT}" dominant-baseline="central">`,
    ...legend.marks.map((mark) => markShape(mark, INK)),
    "</g>",
  ];
}
