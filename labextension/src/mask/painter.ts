import { GlPainter } from "./glpainter";
import type { Look, Scene } from "./scene";
import { paintSoftware } from "./softwarepainter";

let shared: GlPainter | null | undefined;

/**
 * Paint a scene on a canvas of device pixels: on the GPU where it can hold the scene, else on the CPU.
 *
 * @param target its canvas has the size of the view in device pixels
 */
export function paint(scene: Scene, look: Look, target: CanvasRenderingContext2D): void {
  if (shared === undefined) shared = GlPainter.create();
  if (!shared?.paint(scene, look, target)) paintSoftware(scene, look, target);
}

/** Free what the painters keep for a scene. */
export function forget(scene: Scene): void {
  shared?.forget(scene);
}
