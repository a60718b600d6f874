import { DecodeError, pause } from "@bioengine/triton";
import { callFunction, type FunctionOptions, type Service } from "./service";

const firstDelayMs = 200;
const longestDelayMs = 2000;
const cancelTimeoutMs = 2000;

/** What has become of a request. */
export interface Outcome {
  readonly result: unknown;
  /** `"completed"`, `"failed"`, `"cancelled"`, …; older services don't say. */
  readonly state: unknown;
}

/**
 * Ask for a request until it is completed: after 0.2 s, then less and less often, at last every 2 s.
 *
 * @throws {HttpError} if the service no longer knows it
 */
export async function untilCompleted(
  service: Service,
  requestId: string,
  signal: AbortSignal,
  onProgress: FunctionOptions["onProgress"],
): Promise<Outcome> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(longestDelayMs, delayMs * 1.5)) {
    await pause(delayMs, signal);
    const values = { request_id: requestId };
    const status = await callFunction(service, "get_infer_status", values, { repeatable: true, onProgress });
    if (typeof status !== "object" || status === null) {
      throw new DecodeError(
        `Cannot ${service.action}: the status of a request must be an object, got ${String(status)} from ${service.serviceId}`,
      );
    }
    const { completed_at, result, state }: Record<string, unknown> = { ...status };
    const completed = completed_at !== null && completed_at !== undefined;
    if (completed || (result !== null && result !== undefined)) return { result, state };
  }
}

/** Ask the service to give a request up. It is not known whether it does: this waits at most 2 s, and never fails. */
export async function cancelRequest(service: Service, requestId: string): Promise<void> {
  const patient = { ...service, signal: undefined, timeoutMs: cancelTimeoutMs };
  try {
    await callFunction(patient, "cancel_request", { request_id: requestId });
  } catch {
    // The caller is to learn why the call ended, not that this came too late or that the service can't.
  }
}
