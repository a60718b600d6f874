import { ProtocolError } from "@bioengine/triton";

/** A request that may succeed later: answered with status 503 and Retry-After. */
export class BusyError extends ProtocolError {
  /** In how many seconds to try again. */
  readonly retryAfterS: number;

  constructor(message: string, retryAfterS: number) {
    super(503, `${message}; try again in ${retryAfterS} s`);
    this.retryAfterS = retryAfterS;
  }
}
