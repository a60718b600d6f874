import { BusyError } from "./busyerror";

interface Waiter {
  readonly share: BodyShare;
  readonly bytes: number;
  grant(): void;
}

/**
 * The memory for the bodies of requests: those for which there is no room wait, in order, before they are read.
 *
 * A body whose length is not announced grows while it is read. So that growing ones can't all wait for each other, the
 * oldest of them may go beyond the total once no complete body is left that would give room. Together they hold at
 * most the total and one request.
 */
export class BodyBudget {
  private used = 0;
  private complete = 0;
  private readonly growing: Set<BodyShare> = new Set();
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
    this.growing.add(share);
    const inLine = share.held === 0 && this.waiters.size > 0;
    if (inLine || !this.hasRoom(share, bytes)) await this.wait(share, bytes, signal);
    else this.grant(share, bytes);
  }

  /** See `BodyShare.settle`. */
  settle(share: BodyShare, bytes: number): void {
    if (!this.growing.delete(share)) return;
    this.used += bytes - share.held;
    this.complete += bytes;
    share.held = bytes;
    this.wake();
  }

  /** See `BodyShare.release`. */
  release(share: BodyShare): void {
    if (!this.growing.delete(share)) this.complete -= share.held;
    this.used -= share.held;
    share.held = 0;
    this.wake();
  }

  private hasRoom(share: BodyShare, bytes: number): boolean {
    if (this.used + bytes <= this.total) return true;
    const [oldest] = this.growing;
    return share === oldest && this.complete === 0;
  }

  private grant(share: BodyShare, bytes: number): void {
    this.used += bytes;
    share.held += bytes;
  }

  private wait(share: BodyShare, bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (reason: unknown) => {
        this.waiters.delete(waiter);
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        share.waits = false;
        if (reason !== undefined) reject(reason);
      };
      const abort = () => leave(signal.reason);
      const timer = setTimeout(() => {
        leave(new BusyError("Cannot receive the request: other requests take all the memory for them", 10));
      }, this.longestWaitMs);
      const waiter: Waiter = {
        share,
        bytes,
        grant: () => {
          leave(undefined);
          this.grant(share, bytes);
          resolve();
        },
      };
      signal.addEventListener("abort", abort);
      share.waits = true;
      this.waiters.add(waiter);
    });
  }

  /** Those that have begun go first: only they give room again. */
  private wake(): void {
    for (const waiter of this.waiters) {
      if (waiter.share.held > 0 && this.hasRoom(waiter.share, waiter.bytes)) waiter.grant();
    }
    for (const waiter of this.waiters) {
      if (waiter.share.held > 0) continue;
      if (!this.hasRoom(waiter.share, waiter.bytes)) return;
      waiter.grant();
    }
  }
}

/** The memory of one body. */
export class BodyShare {
  /** Bytes that it has. */
  held = 0;
  /** Whether it waits for more. */
  waits = false;

  constructor(private readonly budget: BodyBudget) {}

  /**
   * Have more bytes, when there is room for them.
   *
   * @throws the signal's reason if it is aborted meanwhile
   * @throws {BusyError} if there is no room for too long
   */
  take(bytes: number, signal: AbortSignal): Promise<void> {
    return this.budget.take(this, bytes, signal);
  }

  /** The body is complete, and has so many bytes. Without effect on one that has not asked for any. */
  settle(bytes: number): void {
    this.budget.settle(this, bytes);
  }

  /** Nobody holds the body any more. To be called once. */
  release(): void {
    this.budget.release(this);
  }
}
