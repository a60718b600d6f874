import { createCanvas, loadImage } from "canvas";

export interface Decoded {
  width: number;
  height: number;
  /** Red, green and blue of a pixel. */
  at(y: number, x: number): number[];
}

/** An image file as its pixels, read by Skia. */
export async function decodeImage(base64: unknown): Promise<Decoded> {
  const image = await loadImage(Buffer.from(String(base64), "base64"));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, at: (y, x) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)] };
}
