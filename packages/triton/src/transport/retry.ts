import { ConnectionError } from "../error";
import { pause } from "./pause";
import { BrokenResponse, type TransportResponse } from "./transport";

/** Statuses of a server, or of what stands before it, that may answer well in a moment. */
const passing = [502, 503, 504];

/** Errors before any answer that may pass: the server starts, restarts, or has closed an idle connection. */
const passingCodes = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE",
  "EAI_AGAIN",
  "ETIMEDOUT",
];

const firstDelayMs = 200;
const longestDelayMs = 10_000;

/**
 * Do something again that failed in a way that may pass, after 0.2 s, then 0.8 s, 3.2 s, …, or when the server says.
 *
 * @param retries how often at most
 * @returns the last answer, whatever its status
 * @throws what the last attempt threw
 */
export async function withRetries(
  retries: number,
  signal: AbortSignal,
  attempt: () => Promise<TransportResponse>,
): Promise<TransportResponse> {
  for (let count = 0; count < retries; count++) {
    let delayMs = backoff(count);
    try {
      const response = await attempt();
      if (!passing.includes(response.status)) return response;
      delayMs = delayAsked(response) ?? delayMs;
    } catch (error) {
      if (!(error instanceof ConnectionError) || error.cause instanceof BrokenResponse) throw error;
      if (!passingCodes.includes(codeOf(error) ?? "")) throw error;
    }
    await pause(delayMs, signal);
  }
  return attempt();
}

// Spread, so that clients that failed together don't come back together.
const backoff = (count: number): number =>
  Math.min(longestDelayMs, firstDelayMs * 4 ** count) * (0.75 + Math.random() / 2);

/** What the server asks for in seconds. */
function delayAsked(response: TransportResponse): number | undefined {
  const seconds = Number(response.header("Retry-After") ?? Number.NaN);
  return seconds >= 0 ? Math.min(longestDelayMs, seconds * 1000) : undefined;
}

/** The system's code of an error or of what caused it, e.g. `ECONNREFUSED`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error.cause);
}
