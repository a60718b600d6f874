import { type InferResponse, type Message, ProtocolError, type ReceivedRequest } from "@bioengine/triton";
import { readMessage, writeMessage } from "./message";
import { answerRequests } from "./threadside";

/** What the thread is asked to do. */
export type MessageTask =
  | { readonly body: Uint8Array; readonly headerLength: number; readonly modelName: string }
  | { readonly response: InferResponse; readonly binary: readonly string[] };

/** What comes back from the thread. */
export type MessageAnswer =
  | { readonly request: ReceivedRequest }
  | { readonly message: Message }
  | { readonly status: number; readonly refusal: string };

function answer(task: MessageTask): MessageAnswer {
  try {
    if ("response" in task) return { message: writeMessage(task.response, task.binary) };
    return { request: readMessage(task.body, task.headerLength, task.modelName) };
  } catch (error) {
    // Errors lose their class on the way to another thread.
    if (error instanceof ProtocolError) return { status: error.status, refusal: error.message };
    throw error;
  }
}

/** The memory of what is large, to be handed over rather than copied. */
function memoryOf(answer: MessageAnswer): ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [];
  if ("message" in answer) arrays.push(...answer.message.parts);
  if ("request" in answer) {
    for (const input of answer.request.inputs) {
      if ("binary" in input) arrays.push(input.binary);
      else if (input.datatype !== "BYTES") arrays.push(input.data);
    }
  }
  const buffers = arrays.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
  return [...new Set(buffers)];
}

answerRequests<MessageTask, MessageAnswer>(async (task) => {
  const result = answer(task);
  return { answer: result, transfer: memoryOf(result) };
});
