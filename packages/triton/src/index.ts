export { BatchError } from "./batcherror";
export { type Call, exchange, send } from "./call";
export {
  type AbortSignalLike,
  type CallOptions,
  callOptionNames,
  callOptionsOf,
  type HeadersByName,
  type TlsOptions,
  type TransferOptions,
  type TransferProgress,
} from "./calloptions";
export type { Classification } from "./classification";
export { type ConfigOptions, getConfig, type ModelConfig, type ModelConfigTensor } from "./config";
export {
  type Datatype,
  datatypeByteSize,
  datatypeOf,
  dtypeOf,
  isDatatype,
  type NumericDatatype,
} from "./datatype";
export { withDeadline } from "./deadline";
export {
  ConnectionError,
  DecodeError,
  HttpError,
  type HttpErrorDetails,
  InputError,
  ProtocolError,
  TimeoutError,
} from "./error";
export { type ExecuteOptions, execute } from "./execute";
export { type ExecuteBatchOptions, executeBatch } from "./executebatch";
export { packImjoy, unpackImjoy } from "./imjoy";
export type { InferBody } from "./inferbody";
export type { InferOptions } from "./inferoptions";
export type { Inputs } from "./input";
export { isJsonObject, JsonError, type JsonValue, parseJson } from "./json";
export { mayBeJson } from "./jsondata";
export { headerLengthName, type Message, receiveBuffer } from "./message";
export type { ModelMetadata, RepositoryEntry, ServerMetadata, TensorMetadata } from "./metadata";
export type { LoadOptions, UnloadOptions } from "./modelcontrol";
export { checkModelName } from "./modelname";
export type { OutputOptions } from "./output";
export {
  type BinaryInput,
  decodeRequest,
  encodeRequest,
  type InferRequest,
  type Parameter,
  type ReceivedInput,
  type ReceivedRequest,
  type RequestedOutput,
} from "./request";
export { decodeResponse, encodeResponse, type InferResponse } from "./response";
export type { ResultInfo, Results } from "./results";
export {
  type SequenceEndOptions,
  type SequenceExecuteOptions,
  SequenceExecutor,
  SequenceExecutor as SequenceExcutor,
  type SequenceExecutorOptions,
  type SequenceStepOptions,
} from "./sequenceexecutor";
export { normalizeServerUrl } from "./serverurl";
export {
  type BytesTensor,
  elementCount,
  type NumericTensor,
  packStrings,
  readTensor,
  type Tensor,
} from "./tensor";
export { pause } from "./transport/pause";
export {
  type ModelCallOptions,
  type Settings,
  TritonClient,
  type TritonClientOptions,
} from "./tritonclient";
