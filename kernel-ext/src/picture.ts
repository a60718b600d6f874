import type { Bundle } from "./bundle";

/** What files of each kind begin with, as bytes in Latin-1; `?` is any byte. */
const signatures: readonly (readonly [type: string, signature: string])[] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF8"],
  ["image/webp", "RIFF????WEBP"],
];

/** The MIME type of an image file by its first bytes; undefined if it is none that browsers show. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  const found = signatures.find(([, signature]) =>
    [...signature].every((character, at) => character === "?" || character.charCodeAt(0) === bytes[at]),
  );
  return found?.[0];
}

/**
 * A canvas, of whatever package, or an image file's bytes, as an image.
 *
 * A canvas is known by `getContext` together with `toDataURL` or `toBuffer`, which may be asynchronous.
 *
 * @returns undefined if the value is neither
 */
export function pictureBundle(value: object): Bundle | Promise<Bundle> | undefined {
  if (value instanceof Uint8Array) {
    const type = imageTypeOf(value);
    return type === undefined
      ? undefined
      : { "text/plain": `<${type}, ${value.length} bytes>`, [type]: value };
  }
  if (!("getContext" in value)) return undefined;
  const { toBuffer, toDataURL } = value as { toBuffer?: unknown; toDataURL?: unknown };
  const size = `${Reflect.get(value, "width")} × ${Reflect.get(value, "height")}`;
  const bundle = (png: unknown): Bundle => ({
    "text/plain": `<canvas, ${size}>`,
    "image/png": typeof png === "string" ? png.replace(/^data:image\/png;base64,/, "") : png,
  });
  const draw = typeof toDataURL === "function" ? toDataURL : toBuffer;
  if (typeof draw !== "function") return undefined;
  const png: unknown = draw.call(value, "image/png");
  return png instanceof Promise ? png.then(bundle) : bundle(png);
}
