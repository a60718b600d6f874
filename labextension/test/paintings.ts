import { GlPainter } from "../src/mask/glpainter";
import { LabelMap } from "../src/mask/labelmap";
import { type Look, Scene } from "../src/mask/scene";
import { paintSoftware } from "../src/mask/softwarepainter";

/** What is painted: labels `step`, 2 `step`, …, with some selected. */
export interface Settings {
  look: Look;
  selected: number[];
  step: number;
  /** Whether contours of another mask are drawn. */
  contours?: boolean;
}

const MASK_SIZE = 96;
const CELL = 24;
const VISIBLE = 40;

/** Sixteen discs, which touch, on ramps of each colour. */
async function discs({ selected, step, contours }: Settings): Promise<Scene> {
  const pixels = new (step > 4000 ? Uint32Array : Uint16Array)(MASK_SIZE ** 2);
  const ramp = new ImageData(MASK_SIZE, MASK_SIZE);
  for (let i = 0; i < pixels.length; i++) {
    const x = i % MASK_SIZE;
    const y = Math.floor(i / MASK_SIZE);
    const inside = Math.hypot((x % CELL) - 11, (y % CELL) - 11) < 12;
    if (inside) pixels[i] = step * (1 + Math.floor(x / CELL) + 4 * Math.floor(y / CELL));
    ramp.data.set([40 + 2 * (x % CELL), 40 + x, 60 + y], 4 * i);
    ramp.data[4 * i + 3] = 255;
  }
  const squares = Uint16Array.from(pixels, (_, i) => {
    const [x, y] = [i % MASK_SIZE, Math.floor(i / MASK_SIZE)];
    return x % 32 < 20 && y % 32 < 20 ? 1 + Math.floor(x / 32) : 0;
  });
  const others = new LabelMap(squares, MASK_SIZE, MASK_SIZE);
  const colors = Uint8Array.of(0, 0, 0, 0, 255, 0, 255, 0, 255, 255, 0, 0, 0, 255, 255, 0);
  const scene = new Scene(new LabelMap(pixels, MASK_SIZE, MASK_SIZE), [await createImageBitmap(ramp)], {
    map: others,
    colors,
  });
  scene.showsContours = contours ?? false;
  scene.select(selected);
  return scene;
}

function pixelsOf(paint: (target: CanvasRenderingContext2D) => void): Uint8ClampedArray {
  const canvas = document.createElement("canvas");
  canvas.width = 300;
  canvas.height = 200;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("Cannot compare the painters: a canvas must have a context, got none");
  paint(context);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** Share of the pixels in which the two painters differ visibly; throws where WebGL does not paint. */
export async function difference(settings: Settings): Promise<number> {
  const scene = await discs(settings);
  const gl = GlPainter.create(true);
  const fast = pixelsOf((target) => {
    if (!gl?.paint(scene, settings.look, target)) throw new Error("Cannot compare the painters: no WebGL2");
  });
  const slow = pixelsOf((target) => paintSoftware(scene, settings.look, target));
  let different = 0;
  for (let i = 0; i < fast.length; i += 4)
    if ([i, i + 1, i + 2, i + 3].some((at) => Math.abs(fast[at] - slow[at]) > VISIBLE)) different++;
  const painted = fast.filter((value, at) => at % 4 === 3 && value === 255).length;
  if (painted < MASK_SIZE ** 2 / 2)
    throw new Error(`Cannot compare the painters: only ${painted} pixels painted`);
  return different / (fast.length / 4);
}
