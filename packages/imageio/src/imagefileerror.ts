/** Thrown when an image file can't be read or written; `cause` keeps what the codec said. */
export class ImageFileError extends Error {
  override readonly name: string = "ImageFileError";
}
