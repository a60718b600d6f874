import { workerData } from "node:worker_threads";
import type { TrainedKind } from "@bioengine/engine";
import { ProtocolError } from "@bioengine/triton";
import { answerRequests, type ThreadTask } from "../threadside";
import { Session, type SessionAnswer, type SessionRequest } from "./session";

/** What a thread trains. */
export interface ThreadTraining {
  readonly kind: TrainedKind;
}

/** An answer, or a refusal: between threads an error loses its class. */
export type ThreadTrainingAnswer =
  | { readonly answer: SessionAnswer }
  | { readonly status: number; readonly refusal: string };

const { kind } = workerData as ThreadTraining;
const session = new Session(kind);

async function answer(request: SessionRequest, task: ThreadTask): Promise<ThreadTrainingAnswer> {
  try {
    return { answer: await session.run(request, task) };
  } catch (error) {
    if (error instanceof ProtocolError) return { status: error.status, refusal: error.message };
    // What the request is to blame for; what fails inside has other words.
    const isRefusal = error instanceof RangeError && error.message.startsWith(`Cannot train ${request.id}: `);
    if (isRefusal) return { status: 400, refusal: error.message };
    throw error;
  }
}

answerRequests(
  async (request: SessionRequest, task) => ({ answer: await answer(request, task) }),
  () => session.close(),
);
