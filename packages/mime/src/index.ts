export {
  type ChatMessage,
  CODE_MODEL_TARGET,
  type CodeModelAnswer,
  type CodeModelFailure,
  type CodeModelPlace,
  type CodeModelRequest,
  parseCodeModelAnswer,
} from "./codemodel";
export { type Color, type ColorScale, colorScale, scaleColor, viridis } from "./colorscale";
export { DecodeError } from "./decodeerror";
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
} from "./maskpayload";
export { MASK_MIME, type MimeBundle, SELECTION_TARGET, TABLE_MIME } from "./mimetype";
export { labelColors, MATCH_COLORS, PALETTE_SIZE } from "./palette";
export {
  columnTitle,
  parseTablePayload,
  type TableCell,
  type TableColumn,
  type TablePayload,
} from "./tablepayload";
