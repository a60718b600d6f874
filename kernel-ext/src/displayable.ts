import { readFileSync } from "node:fs";
import { displayMethod, encodeBundle } from "./bundle";
import { imageTypeOf } from "./picture";

/** A value that is shown by these contents. */
export function displayable(bundle: Jupyter.MimeBundle): Jupyter.Displayable {
  return { bundle, [displayMethod as symbol]: () => bundle };
}

/** A tag of template literals whose text is of a MIME type. */
export function templateTag(type: string): Jupyter.TemplateTag {
  return (strings, ...values) => displayable({ [type]: String.raw({ raw: strings }, ...values.map(textOf)) });
}

/**
 * An image file, by its path or its bytes.
 *
 * @throws {TypeError} if it is neither PNG, JPEG, GIF nor WebP
 */
export function image(file: string | Uint8Array): Jupyter.Displayable {
  const bytes = typeof file === "string" ? readFileSync(file) : file;
  const type = imageTypeOf(bytes);
  if (type) return displayable(encodeBundle({ [type]: bytes }));
  throw new TypeError(
    `Cannot show the image: it must be a PNG, JPEG, GIF or WebP file, got ${
      typeof file === "string" ? file : `${bytes.length} other bytes`
    }`,
  );
}

const textOf = (value: unknown): string => (value === undefined ? "" : String(value));
