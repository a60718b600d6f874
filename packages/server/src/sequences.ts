import { ProtocolError, type ReceivedRequest } from "@bioengine/triton";
import { BusyError } from "./busyerror";

/** Requests that belong together: the same object for each of them, by which a model finds what it keeps. */
export interface Sequence {
  readonly id: number | bigint | string;
}

/** A request of a sequence. */
export interface SequenceStep {
  readonly sequence: Sequence;
  readonly start: boolean;
  readonly end: boolean;
  /** To be called when its turn comes. @throws {ProtocolError} 400 if the sequence has ended while it waited */
  begin(): void;
}

interface Running extends Sequence {
  readonly key: string;
  /** Requests that run or wait. */
  pending: number;
  over: boolean;
  timer?: NodeJS.Timeout;
}

/** Most sequences of a model at once. */
const most = 1024;

/** The sequences of a model. */
export class Sequences {
  private readonly running = new Map<string, Running>();

  /** @param idleMs without a request, after which a sequence is over */
  constructor(
    private readonly modelName: string,
    private readonly idleMs: number,
  ) {}

  /**
   * Run a request as a step of its sequence. Where Triton counts a first request that fails, this starts nothing; a
   * last one that fails can be sent again.
   *
   * @throws {ProtocolError} 400 in Triton's words if it names no sequence, or one that has not been started
   * @throws {BusyError} if it would start one too many
   */
  async run<T>(
    parameters: ReceivedRequest["parameters"],
    work: (step: SequenceStep) => Promise<T>,
  ): Promise<T> {
    const start = parameters.sequence_start === true;
    const end = parameters.sequence_end === true;
    const sequence = this.enter(parameters.sequence_id, start);
    const begin = () => {
      if (sequence.over) throw this.notStarted(sequence.id);
    };
    sequence.pending++;
    clearTimeout(sequence.timer);
    try {
      const result = await work({ sequence, start, end, begin });
      if (end) this.finish(sequence);
      return result;
    } catch (error) {
      if (start) this.finish(sequence);
      throw error;
    } finally {
      if (--sequence.pending === 0 && !sequence.over) {
        sequence.timer = setTimeout(() => this.finish(sequence), this.idleMs).unref();
      }
    }
  }

  private enter(given: unknown, start: boolean): Running {
    const id =
      typeof given === "string" || typeof given === "bigint" || typeof given === "number" ? given : 0;
    if (id === 0 || id === "") {
      throw new ProtocolError(
        400,
        `inference request to model '${this.modelName}' must specify a non-zero or non-empty correlation ID`,
      );
    }
    const key = typeof id === "string" ? `text ${id}` : String(id);
    const known = this.running.get(key);
    if (!start) {
      if (known === undefined) throw this.notStarted(id);
      return known;
    }
    if (known === undefined && this.running.size >= most) {
      throw new BusyError(
        `Cannot run ${this.modelName}: at most ${most} sequences may run, and so many do`,
        Math.ceil(this.idleMs / 1000),
      );
    }
    if (known !== undefined) clearTimeout(known.timer);
    const sequence = { id, key, pending: 0, over: false };
    this.running.set(key, sequence);
    return sequence;
  }

  private finish(sequence: Running): void {
    sequence.over = true;
    if (this.running.get(sequence.key) === sequence) this.running.delete(sequence.key);
  }

  private notStarted(id: Sequence["id"]): ProtocolError {
    return new ProtocolError(
      400,
      `inference request for sequence ${id} to model '${this.modelName}' must specify the START flag on the first request of the sequence`,
    );
  }
}
