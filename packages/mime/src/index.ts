export {
  type ChatMessage,
  CODE_MODEL_TARGET,
  type CodeModelAnswer,
  type CodeModelFailure,
  type CodeModelPlace,
  type CodeModelRequest,
  parseCodeModelAnswer,
} from "./codeModel";
export { type Color, type ColorScale, colorScale, scaleColor, viridis } from "./colorScale";
export { DecodeError } from "./decodeError";
export { decodeLabels, encodeLabels } from "./labels";
export {
  type DisplayImage,
  type EncodedLabels,
  type LabelEncoding,
  MAX_PIXELS,
  type MaskComparison,
  type MaskMeasurement,
  type MaskPayload,
  type PlaneStack,
  parseMaskPayload,
} from "./maskPayload";
export { MASK_MIME, type MimeBundle, SELECTION_TARGET, TABLE_MIME } from "./mimeType";
export { labelColors, MATCH_COLORS, PALETTE_SIZE } from "./palette";
export {
  columnTitle,
  parseTablePayload,
  type TableCell,
  type TableColumn,
  type TablePayload,
} from "./tablePayload";
