import { DecodeError, type DisplayImage } from "@bioengine/mime";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Decode the picture under a mask.
 *
 * @param planes that lie one below the other in the picture
 * @returns a bitmap for each plane, all of one size, owned by the caller
 * @throws {DecodeError} if the browser cannot decode it, or it has another size
 */
export async function decodeImage(image: DisplayImage, planes: number): Promise<ImageBitmap[]> {
  if (!BASE64.test(image.data))
    throw new DecodeError("Cannot decode the image: image.data must be base64, got other text", "image.data");
  const element = new Image();
  element.src = `data:${image.mimeType};base64,${image.data}`;
  try {
    await element.decode();
  } catch (cause) {
    throw new DecodeError(
      `Cannot decode the image: image.data must be a complete ${image.mimeType} file, got something else`,
      "image.data",
      { cause },
    );
  }
  const { naturalWidth, naturalHeight } = element;
  if (naturalWidth !== image.width || naturalHeight !== image.height) {
    throw new DecodeError(
      `Cannot decode the image: it must have ${image.width}×${image.height} pixels, got ${naturalWidth}×${naturalHeight}`,
      "image.data",
    );
  }
  const height = naturalHeight / planes;
  return Promise.all(
    Array.from({ length: planes }, (_, plane) =>
      createImageBitmap(element, 0, plane * height, naturalWidth, height),
    ),
  );
}
