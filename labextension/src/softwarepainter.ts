import { CONTOUR_WIDTH, type Look, type Scene, SELECTION_WIDTH } from "./scene";

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/**
 * The label overlay as pixels, by the rules of the fragment shader in `overlay.ts`, one sample per pixel.
 *
 * @param look as painted
 * @param width of the result in device pixels
 * @param height of the result in device pixels
 * @param pixels RGBA, not premultiplied, written whole
 */
export function rasterizeOverlay(
  scene: Scene,
  look: Look,
  width: number,
  height: number,
  pixels: Uint8ClampedArray,
): void {
  const { map, colors } = scene;
  const { viewport, pixelRatio, mode, opacity, hovered } = look;
  const pixel = 1 / (viewport.scale * pixelRatio);
  const contour = Math.max(CONTOUR_WIDTH * pixelRatio, 1) * pixel;
  const selection = Math.max(SELECTION_WIDTH * pixelRatio, 1) * pixel;
  const hasSelection = scene.selected.length > 0;
  const fill = mode === "fill" ? opacity : 0;
  const line = mode === "off" ? 0 : Math.min(2 * opacity, 1);
  const isSelected = (index: number) => colors[index * 4 + 3] === 255;

  for (let row = 0, at = 0; row < height; row++) {
    const y = viewport.top + (row + 0.5) * pixel;
    for (let column = 0; column < width; column++, at += 4) {
      const x = viewport.left + (column + 0.5) * pixel;
      const outside = x < 0 || y < 0 || x >= map.width || y >= map.height;
      const index = map.indexAt(x, y);
      const selected = isSelected(index);
      let edge = false;
      let halo = false;
      if (!outside && (index !== 0 || hasSelection)) {
        const reach = selected ? selection : contour;
        for (const [dx, dy] of NEIGHBOURS) {
          const neighbour = map.indexAt(x + dx * reach, y + dy * reach);
          if (neighbour === index) continue;
          edge = true;
          halo ||= isSelected(neighbour);
        }
      }
      if (selected && edge) pixels.fill(255, at, at + 4);
      else if (halo) pixels.set([0, 0, 0, 255], at);
      else {
        const filled = mode !== "off" && index === hovered ? Math.min(fill + 0.25, 1) : fill;
        pixels[at] = colors[index * 4];
        pixels[at + 1] = colors[index * 4 + 1];
        pixels[at + 2] = colors[index * 4 + 2];
        pixels[at + 3] = index === 0 ? 0 : 255 * Math.max(filled, edge ? line : 0);
      }
    }
  }
}

let scratch: CanvasRenderingContext2D | null | undefined;

/** Paint without WebGL: for browsers that lack it, while its context is lost, and for masks too large for it. */
export function paintSoftware(scene: Scene, look: Look, target: CanvasRenderingContext2D): void {
  const { map, image } = scene;
  const { viewport, pixelRatio } = look;
  const { width, height } = target.canvas;
  const scale = viewport.scale * pixelRatio;

  target.clearRect(0, 0, width, height);
  target.save();
  target.setTransform(scale, 0, 0, scale, -viewport.left * scale, -viewport.top * scale);
  target.imageSmoothingEnabled = scale < 1 || (image !== null && image.width < map.width);
  if (image) {
    target.filter = `brightness(${look.brightness})`;
    target.drawImage(image, 0, 0, map.width, map.height);
  } else {
    target.fillRect(0, 0, map.width, map.height);
  }
  target.restore();

  scratch ??= document.createElement("canvas").getContext("2d");
  if (!scratch) return;
  scratch.canvas.width = width;
  scratch.canvas.height = height;
  const overlay = scratch.createImageData(width, height);
  rasterizeOverlay(scene, look, width, height, overlay.data);
  scratch.putImageData(overlay, 0, 0);
  target.drawImage(scratch.canvas, 0, 0);
}
