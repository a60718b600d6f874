/**
 * Copy a canvas as a picture to the system's clipboard, in answer to something that a person did.
 *
 * @throws {Error} where the browser doesn't allow it, as on pages that are neither HTTPS nor from this computer
 */
export async function copyPicture(canvas: HTMLCanvasElement): Promise<void> {
  if (!("clipboard" in navigator))
    throw new Error("Cannot copy the picture: the page must be served over HTTPS or from this computer");
  // Safari wants the promise, not what it resolves to.
  const png = new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("Cannot copy the picture"))));
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
  } catch (cause) {
    throw new Error(`Cannot copy the picture: the browser must allow it, got ${String(cause)}`, { cause });
  }
}
