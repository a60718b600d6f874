/**
 * MIME type of a label mask with its display image; the data is a `MaskPayload`.
 *
 * @example
 * const bundle = { data: { [MASK_MIME]: payload }, metadata: {} };
 */
export const MASK_MIME = "application/vnd.bioengine.mask+json" as const;

/**
 * MIME type of a measurement table; the data is a `TablePayload`.
 *
 * @example
 * const bundle = { data: { [TABLE_MIME]: payload }, metadata: {} };
 */
export const TABLE_MIME = "application/vnd.bioengine.table+json" as const;

/**
 * Target of the comm by which a kernel asks the notebook's front end which labels of a mask are selected: it opens one
 * with `{ maskId }`, an answer has `{ labels }`.
 *
 * @example
 * jupyter.comms.open(SELECTION_TARGET, { maskId: "0123456789abcdef" });
 */
export const SELECTION_TARGET = "bioengine.selection" as const;

/**
 * What a notebook output consists of, as in Jupyter's messages: one value in several formats.
 *
 * @example
 * const bundle: MimeBundle = { data: { "text/plain": "3 cells" }, metadata: {} };
 */
export interface MimeBundle {
  /** MIME type to content: text, base64 for binary types, objects for JSON types. */
  data: Record<string, unknown>;
  /** MIME type to hints for the front end, such as `{ "image/png": { width: 512 } }`. */
  metadata: Record<string, unknown>;
}
