export type { AbortSignalLike, CallOptions } from "./calloptions";
export { type ConfigOptions, getConfig, type ModelConfig, type ModelConfigTensor } from "./config";
export {
  type Datatype,
  datatypeByteSize,
  datatypeOf,
  dtypeOf,
  isDatatype,
  type NumericDatatype,
} from "./datatype";
export {
  ConnectionError,
  DecodeError,
  HttpError,
  type HttpErrorDetails,
  InputError,
  ProtocolError,
  TimeoutError,
} from "./error";
export { type ExecuteOptions, execute, type ResultInfo, type Results } from "./execute";
export type { Inputs } from "./input";
export { isJsonObject, JsonError, type JsonValue, parseJson } from "./json";
export { mayBeJson } from "./jsondata";
export { headerLengthName, type Message, receiveBuffer } from "./message";
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
export {
  type SequenceEndOptions,
  SequenceExecutor,
  SequenceExecutor as SequenceExcutor,
  type SequenceExecutorOptions,
  type SequenceStepOptions,
} from "./sequenceexecutor";
export { type BytesTensor, elementCount, type NumericTensor, readTensor, type Tensor } from "./tensor";
export {
  type ModelCallOptions,
  type ModelMetadata,
  type RepositoryEntry,
  type ServerMetadata,
  type TensorMetadata,
  TritonClient,
  type TritonClientOptions,
} from "./tritonclient";
