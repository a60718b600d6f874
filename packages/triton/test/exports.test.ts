import { expect, test } from "vitest";
import * as api from "../src/index";

test("@bioengine/triton exports these names", () => {
  expect(Object.keys(api).sort()).toEqual([
    "ConnectionError",
    "DecodeError",
    "HttpError",
    "InputError",
    "JsonError",
    "ProtocolError",
    "SequenceExcutor",
    "SequenceExecutor",
    "TimeoutError",
    "TritonClient",
    "datatypeByteSize",
    "datatypeOf",
    "decodeRequest",
    "decodeResponse",
    "dtypeOf",
    "elementCount",
    "encodeRequest",
    "encodeResponse",
    "execute",
    "getConfig",
    "headerLengthName",
    "isDatatype",
    "isJsonObject",
    "mayBeJson",
    "parseJson",
    "readTensor",
    "receiveBuffer",
  ]);
});
