import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { maskBundle } from "@bioengine/display";
import { MASK_MIME } from "@bioengine/mime";
import { ndarray } from "@bioengine/ndarray";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const pictures = join(__dirname, "../../test/output/ui");

/** A machine with much else to do takes seconds to paint, and to copy. */
export const patience = { timeout: 30_000 };

/** Of the image and of the square around each disc, in pixels. */
export const SIDE = 400;
export const CELL = 50;

/** Discs of growing size, 1 to 64, on a green and magenta image. */
function discs() {
  const labels = new Int32Array(SIDE * SIDE);
  const image = new Uint16Array(SIDE * SIDE * 2);
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const number = 1 + Math.floor(x / CELL) + 8 * Math.floor(y / CELL);
    const distance = Math.hypot((x % CELL) - 25, 1.4 * ((y % CELL) - 25)) / (8 + number / 4);
    if (distance < 1) labels[i] = number;
    image[2 * i] = 200 + 3000 * Math.exp(-2 * distance ** 2) + 150 * Math.abs(Math.sin(i));
    image[2 * i + 1] = 100 + 4 * x + 150 * Math.abs(Math.cos(i));
  }
  return { mask: ndarray(labels, [SIDE, SIDE]), image: ndarray(image, [SIDE, SIDE, 2]) };
}

export const { mask, image } = discs();

/** The payload of the discs' mask. */
export function payloadOf(options: Parameters<typeof maskBundle>[1]): unknown {
  return maskBundle(mask, options).data[MASK_MIME];
}

/** Show outputs, and wait for their first painting. */
export async function showMasks(page: Page, ...payloads: unknown[]): Promise<void> {
  await page.evaluate(
    `import("/test/maskpage.ts").then(async (m) => { await m.showMasks(${JSON.stringify(payloads)}); })`,
  );
  const ready = page.locator('.be-Mask[data-ready="true"]');
  await expect.poll(() => ready.count(), patience).toBe(payloads.length);
}

/** Colour at the centre of a label's disc. */
export const colourOf = (page: Page, label: number): Promise<number[]> =>
  page.locator(".be-Mask canvas").evaluate(
    async (canvas: HTMLCanvasElement, [column, row]) => {
      await new Promise(requestAnimationFrame);
      const scale = canvas.width / 400;
      const [x, y] = [column * 50 + 25, row * 50 + 25].map((at) => Math.round(at * scale));
      return [...(canvas.getContext("2d")?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3);
    },
    [(label - 1) % 8, Math.floor((label - 1) / 8)],
  );
/** Leave a picture of the page, or of a part of it, beside those of the tests in JupyterLab. */
export async function takePicture(shown: Page | Locator, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await shown.screenshot({ path: join(pictures, `${name}.png`) });
}
