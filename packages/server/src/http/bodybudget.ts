import { BusyError } from "../busyerror";

interface Waiter {
  readonly share: BodyShare;
  readonly bytes: number;
  grant(): void;
}

/**
 * The memory for the bodies of requests. Those for which there is no room wait, in order, before they are read. One
 * that turns out to be larger while it is read does not wait, as others would then wait for what it holds: it is
 * refused. A body that is alone may have more than the total.
 */
export class BodyBudget {
  private used = 0;
  private readonly waiters: Set<Waiter> = new Set();

  /**
   * @param total bytes
   * @param longestWaitMs after which a wait fails
   */
  constructor(
    private readonly total: number,
    private readonly longestWaitMs: number,
  ) {}

  /** A share for a body that is about to come; to be released when its request is over. */
  open(): BodyShare {
    return new BodyShare(this);
  }

  /** See `BodyShare.take`. */
  async take(share: BodyShare, bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const begun = share.held > 0;
    if ((begun || this.waiters.size === 0) && this.hasRoom(share, bytes)) this.grant(share, bytes);
    else if (begun) throw full();
    else await this.wait(share, bytes, signal);
  }

  /** See `BodyShare.settle`. */
  settle(share: BodyShare, bytes: number): void {
    this.used += bytes - share.held;
    share.held = bytes;
    this.wake();
  }

  private hasRoom(share: BodyShare, bytes: number): boolean {
    return this.used + bytes <= this.total || this.used === share.held;
  }

  private grant(share: BodyShare, bytes: number): void {
    this.used += bytes;
    share.held += bytes;
  }

  private wait(share: BodyShare, bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.delete(waiter);
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
      };
      const fail = (reason: unknown) => {
        leave();
        reject(reason);
        this.wake();
      };
      const abort = () => fail(signal.reason);
      const timer = setTimeout(() => fail(full()), this.longestWaitMs);
      const waiter: Waiter = {
        share,
        bytes,
        grant: () => {
          leave();
          this.grant(share, bytes);
          resolve();
        },
      };
      signal.addEventListener("abort", abort);
      this.waiters.add(waiter);
    });
  }

  private wake(): void {
    for (const waiter of this.waiters) {
      if (!this.hasRoom(waiter.share, waiter.bytes)) return;
      waiter.grant();
    }
  }
}

function full(): BusyError {
  return new BusyError("Cannot receive the request: other requests take the memory for them", 5);
}

/** The memory of one body. */
export class BodyShare {
  /** Bytes that it has. */
  held = 0;
  private released = false;

  constructor(private readonly budget: BodyBudget) {}

  /**
   * Have more bytes. A body that has none yet waits until there is room for them.
   *
   * @throws the signal's reason if it is aborted meanwhile
   * @throws {BusyError} if there is no room for too long, or for more bytes
   */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.released) throw new Error("Cannot receive the request: it must not be over, got its end");
    await this.budget.take(this, bytes, signal);
  }

  /** The body is complete, and has so many bytes. */
  settle(bytes: number): void {
    this.budget.settle(this, bytes);
  }

  /** Nobody holds the body any more, and it gets no more. */
  release(): void {
    this.released = true;
    this.budget.settle(this, 0);
  }
}
