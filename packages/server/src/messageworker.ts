import { type InferResponse, type Message, ProtocolError, type ReceivedRequest } from "@bioengine/triton";
import { jsonElements, readMessage, writeMessage } from "./message";
import type { MessageAnswer, MessageTask } from "./messagethread";
import { Thread } from "./thread";

/** Most bytes of a request's JSON. */
const maximumJsonBytes = 2 ** 26;

/** Most elements of a response as JSON. */
const maximumJsonElements = 2 ** 24;

/** JSON up to here takes a few ms, which the server itself can spare. */
const [shortJsonBytes, shortJsonElements] = [2 ** 16, 2 ** 14];

/**
 * Reads and writes messages; those with long JSON in a thread of its own, so that the server goes on answering. One
 * after the other: their memory is bounded so.
 */
export class MessageWorker {
  private readonly thread: Thread<MessageTask, MessageAnswer>;
  private last: Promise<unknown> = Promise.resolve();

  /** @param heapMegabytes memory of the thread, beside that of tensors; it dies when it needs more */
  constructor(heapMegabytes: number) {
    this.thread = new Thread("messagethread", undefined, { maxOldGenerationSizeMb: heapMegabytes });
  }

  /**
   * Read a request.
   *
   * @param body the whole body, decompressed; not to be used afterwards
   * @param headerLength bytes of its JSON
   * @throws {ProtocolError} with the status and words that Triton answers with; 413 if its JSON is too long
   */
  async decode(
    body: Uint8Array,
    headerLength: number,
    modelName: string,
    signal: AbortSignal,
  ): Promise<ReceivedRequest> {
    if (headerLength <= shortJsonBytes) return readMessage(body, headerLength, modelName);
    if (headerLength > maximumJsonBytes) {
      const limit = `its JSON must have at most ${maximumJsonBytes} bytes`;
      throw new ProtocolError(
        413,
        `Cannot read the request: ${limit}, got ${headerLength}; send binary data instead`,
      );
    }
    const memory = body.buffer instanceof ArrayBuffer ? [body.buffer] : [];
    const answer = await this.ask({ body, headerLength, modelName }, memory, signal);
    if ("request" in answer) return answer.request;
    throw failure(answer);
  }

  /**
   * Write a response.
   *
   * @param binary names of the outputs that go as binary data
   * @throws {ProtocolError} 400 if too many elements are to be JSON
   */
  async encode(response: InferResponse, binary: readonly string[], signal: AbortSignal): Promise<Message> {
    const elements = jsonElements(response, binary);
    if (elements <= shortJsonElements) return writeMessage(response, binary);
    if (elements > maximumJsonElements) {
      const limit = `at most ${maximumJsonElements} elements may be JSON`;
      throw new ProtocolError(400, `Cannot answer: ${limit}, got ${elements}; ask for binary data instead`);
    }
    const answer = await this.ask({ response, binary }, [], signal);
    if ("message" in answer) return answer.message;
    throw failure(answer);
  }

  /** @throws the signal's reason if it is aborted before the thread's turn */
  private ask(
    task: MessageTask,
    transfer: readonly ArrayBuffer[],
    signal: AbortSignal,
  ): Promise<MessageAnswer> {
    const result = this.last.then(() => {
      signal.throwIfAborted();
      return this.thread.ask(task, { transfer }).catch(refuseOutOfMemory);
    });
    const over = () => undefined;
    this.last = result.then(over, over);
    return result;
  }
}

function failure(answer: MessageAnswer): Error {
  if ("refusal" in answer) return new ProtocolError(answer.status, answer.refusal);
  return new Error("the thread of messages gave another answer");
}

function refuseOutOfMemory(error: unknown): never {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")) throw error;
  throw new ProtocolError(
    413,
    "Cannot read or write so much JSON: it needs too much memory; send and ask for binary data instead",
  );
}
