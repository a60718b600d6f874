import { checkOptions, type DType, zeros } from "@bioengine/ndarray";
import { knownConfig, tensorSpecs } from "./config";
import { dtypeOf } from "./datatype";
import { HttpError, InputError } from "./error";
import { execute } from "./execute";
import { type InferOptions, inferOptionNames } from "./inferoptions";
import type { Inputs } from "./input";
import { checkModelName } from "./modelname";
import type { Results } from "./results";
import { checkSequenceId } from "./sequenceid";
import { normalizeServerUrl } from "./serverurl";

/** What may differ from step to step; what is left out is as the executor was made. */
export type SequenceStepOptions = InferOptions;

/** How a whole sequence runs. */
export interface SequenceExecuteOptions extends SequenceStepOptions {
  /** Called after each step, with the sample's index and the step's results. */
  onStep?: (index: number, results: Results) => void;
}

/** How a sequence ends. */
export interface SequenceEndOptions extends SequenceStepOptions {
  /** A last sample. Default: none; arrays of no elements are sent, since the protocol wants some input. */
  inputs?: Inputs;
}

/** Which model runs a sequence, where, and what holds for every step of it. */
export interface SequenceExecutorOptions extends SequenceStepOptions {
  /** The server's URL, e.g. `"http://127.0.0.1:8000"`. */
  serverUrl: string;
  modelName: string;
  modelVersion?: string | number;
  /** Tells the sequence from others on the server: a whole number from 1, or a text. */
  sequenceId: number | string;
  /** Whether the first step starts the sequence, default: true; false goes on with one that runs on the server. */
  start?: boolean;
}

/**
 * Runs a model that remembers: what it is sent one after the other belongs together, as the samples of a training.
 *
 * The first step starts the sequence on the server. A step that fails does not count: if it was the first, the
 * next one starts the sequence. Steps that are called without waiting run in the order of the calls.
 *
 * @example
 * const training = new SequenceExecutor({ serverUrl, modelName: "cellpose-train", sequenceId: "my-model", decodeJson: true });
 * for (const [image, labels] of samples) await training.step([image, labels, { steps: 1 }], { selectOutputs: ["info"] });
 * const { model, info } = await training.end({ selectOutputs: ["model", "info"] });
 */
export class SequenceExecutor {
  /** The sequence's id on the server. */
  readonly sequenceId: number | string;
  private readonly options: Omit<SequenceExecutorOptions, "start">;
  private started: boolean;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @throws {TypeError} if serverUrl, modelName or sequenceId is missing, or an option does not exist
   * @throws {RangeError} if serverUrl is no http(s) URL
   */
  constructor(options: SequenceExecutorOptions) {
    const action = "make a SequenceExecutor";
    checkOptions(
      {
        action,
        options: ["serverUrl", "modelName", "sequenceId", "modelVersion", "start", ...inferOptionNames],
      },
      options,
    );
    checkModelName(options.modelName, action);
    checkSequenceId(options.sequenceId, action);
    const { start = true, ...rest } = options;
    this.options = { ...rest, serverUrl: normalizeServerUrl(options.serverUrl, action) };
    this.sequenceId = options.sequenceId;
    this.started = !start;
  }

  /**
   * Send one sample; the first starts the sequence.
   *
   * @param inputs as for `execute`; not modified
   * @returns the outputs by name, as `execute` gives them
   * @throws as `execute` does
   */
  step(inputs: Inputs, options: SequenceStepOptions = {}): Promise<Results> {
    const action = `execute a step of sequence ${this.sequenceId}`;
    checkOptions({ action, options: inferOptionNames }, options);
    return this.enqueue(() => this.send(inputs, options, false));
  }

  /**
   * End the sequence: the model gives what it has made of it. No sample is sent twice.
   *
   * @param options.inputs a last sample; default: none
   * @returns the outputs by name, as `execute` gives them
   * @throws {InputError} if no step was made, and no inputs are given
   */
  end(options: SequenceEndOptions = {}): Promise<Results> {
    const action = `end sequence ${this.sequenceId}`;
    if (Array.isArray(options)) {
      throw new InputError(`Cannot ${action}: the last sample is an option; write end({ inputs: [ … ] })`);
    }
    checkOptions({ action, options: ["inputs", ...inferOptionNames] }, options);
    const { inputs, ...rest } = options;
    return this.enqueue(async () => {
      if (inputs !== undefined) return this.send(inputs, rest, true);
      if (!this.started) {
        throw new InputError(
          `Cannot ${action}: it has not started; call step(inputs) first, or end({ inputs })`,
        );
      }
      try {
        return await this.send(await this.noSample(action), rest, true);
      } catch (error) {
        if (!(error instanceof HttpError) || isOver(error)) throw error;
        throw withAdvice(
          error,
          "if the model can't end without a sample, give it the last one: end({ inputs })",
        );
      }
    });
  }

  /**
   * Run a whole sequence: start it with the first sample and end it with the last, which may be the same.
   *
   * @param samples the inputs of each step
   * @param options.onStep called after each step, with the sample's index and the step's results
   * @returns the outputs of each step
   */
  async execute(samples: readonly Inputs[], options: SequenceExecuteOptions = {}): Promise<Results[]> {
    const action = `execute sequence ${this.sequenceId}`;
    checkOptions({ action, options: ["onStep", ...inferOptionNames] }, options);
    const { onStep, ...rest } = options;
    if (!Array.isArray(samples) || samples.length === 0) {
      throw new InputError(`Cannot ${action}: samples must be an array of the inputs of each step`);
    }
    return this.enqueue(async () => {
      this.started = false;
      const results: Results[] = [];
      for (const sample of samples) {
        const result = await this.send(sample, rest, results.length === samples.length - 1);
        onStep?.(results.length, result);
        results.push(result);
      }
      return results;
    });
  }

  /** Forget what was sent: the next step starts the sequence anew, and so does the server then. */
  reset(): void {
    this.started = false;
  }

  private enqueue<T>(run: () => Promise<T>): Promise<T> {
    const result = this.last.then(run);
    // The caller has the error; the next step needs to know only that this one is over.
    const over = () => undefined;
    this.last = result.then(over, over);
    return result;
  }

  private async send(inputs: Inputs, options: SequenceStepOptions, end: boolean): Promise<Results> {
    try {
      const results = await execute({
        ...this.options,
        ...options,
        inputs,
        sequenceStart: !this.started,
        sequenceEnd: end,
      });
      this.started = !end;
      return results;
    } catch (error) {
      if (!(error instanceof HttpError) || !isOver(error)) throw error;
      throw withAdvice(
        error,
        "the server has ended the sequence, which it does if a step is long in coming: call reset() and send all samples again",
      );
    }
  }

  /** Arrays of no elements, and no parameters. */
  private async noSample(action: string): Promise<Inputs> {
    const { config } = await knownConfig(this.options, action);
    const required = tensorSpecs(config, "input").filter(({ optional }) => !optional);
    const entries = required.map(({ name, datatype, shape }): [string, unknown] => {
      const length = shape.map((length) => (length < 0 ? 0 : length));
      if (datatype !== "BYTES") return [name, zeros<DType>(length, dtypeOf(datatype))];
      return [name, length.includes(0) ? [] : {}];
    });
    return Object.fromEntries(entries);
  }
}

/** Whether the server no longer knows the sequence. */
const isOver = ({ serverMessage }: HttpError): boolean => serverMessage.includes("START flag");

const withAdvice = (error: HttpError, advice: string): HttpError =>
  new HttpError(`${error.message}; ${advice}`, error);
