import { bundleOf } from "./bundle";
import type { Comms } from "./comms";
import type { Displays } from "./displays";
import type { Answer, Request } from "./exchange";
import { History } from "./history";
import type { Input } from "./input";
import type { Interpreter } from "./interpreter";
import { log } from "./log";
import { commandError, completeMagic, isMagic, type Magics } from "./magics";
import { type Content, isOfComm } from "./message";
import type { Output } from "./output";
import { onOwnStack } from "./ownstack";
import { Run } from "./run";
import { offsetOf, positionOf } from "./textposition";

/** What a cell without a number is called. */
const UNNUMBERED = "Cell [*]";

/** Answers what the shell asks, one request at a time. */
export class Kernel {
  readonly #interpreter: Interpreter;
  readonly #output: Output;
  readonly #comms: Comms;
  readonly #displays: Displays;
  readonly #input: Input;
  readonly #magics: Magics;
  readonly #history = new History();
  readonly #interrupts: EventTarget;
  #executionCount = 0;
  /** What a cell that ran failed with last. */
  #lastError: unknown;
  #run: Run | undefined;
  /** Ends the deliveries to comms that are on their way. */
  readonly #deliveries = new Set<() => void>();

  /** @param interrupts is told when a cell is stopped */
  constructor(
    interpreter: Interpreter,
    output: Output,
    parts: { comms: Comms; displays: Displays; input: Input; magics: Magics; interrupts: EventTarget },
  ) {
    this.#interpreter = interpreter;
    this.#output = output;
    this.#comms = parts.comms;
    this.#displays = parts.displays;
    this.#input = parts.input;
    this.#magics = parts.magics;
    this.#interrupts = parts.interrupts;
  }

  /**
   * Stop the cell that runs, and what a comm's message has set off.
   *
   * @param stack where it was cut off, if it was
   */
  interrupt(stack?: string): void {
    for (const end of this.#deliveries) end();
    if (this.#run === undefined) return;
    this.#run.interrupt(stack);
    this.#interrupts.dispatchEvent(new Event("interrupt"));
  }

  /** Show an error that no cell's run ends with. */
  showFailure(error: unknown): void {
    this.#output.write(
      "stderr",
      `Uncaught error\n${this.#interpreter.explain(error).traceback.join("\n")}\n`,
    );
  }

  async answer(number: number, request: Request): Promise<Answer> {
    const { type, content } = request;
    const replyType = type.replace(/_request$/, "_reply");
    try {
      if (type === "execute_request") {
        this.#output.begin(number);
        return await this.#execute(request);
      }
      if (isOfComm(type)) {
        await this.#deliver(number, request);
        return {};
      }
      const reply = this.#answer(type, content);
      return reply ? { reply: { type: replyType, content: reply } } : {};
    } catch (error) {
      const failure = this.#interpreter.explain(error);
      log(`failed at a ${type}: ${failure.traceback.join("\n")}`);
      return { reply: { type: replyType, content: { status: "error", ...failure } } };
    }
  }

  #answer(type: string, content: Content): Content | undefined {
    switch (type) {
      case "complete_request":
        return this.#complete(content);
      case "inspect_request":
        return this.#inspect(content);
      case "is_complete_request":
        return this.#completeness(text(content, "code"));
      case "history_request":
        return this.#history.answer(content);
      case "comm_info_request":
        return this.#comms.answer(content);
      default:
        log(`ignored a ${type}`);
        return undefined;
    }
  }

  /** Hand a message to its comm; what that puts out in the meantime belongs to the message. */
  #deliver(number: number, request: Request): Promise<void> {
    if (this.#run === undefined) Run.leave();
    return new Promise((resolve) => {
      let cell = this.#output.request;
      const end = (): void => {
        if (this.#output.request === number) this.#output.request = cell;
        this.#deliveries.delete(end);
        resolve();
      };
      this.#deliveries.add(end);
      // It may be cut off: then an interrupt ends it.
      onOwnStack(() => {
        cell = this.#output.request;
        this.#output.request = number;
        try {
          this.#comms.receive(request);
        } catch (error) {
          this.showFailure(error);
        }
        end();
      });
    });
  }

  async #execute({ content, isInterrupted }: Request): Promise<Answer> {
    const code = text(content, "code");
    const isSilent = content.silent === true;
    const isStored = !isSilent && content.store_history !== false;
    const executionCount = this.#executionCount + 1;
    if (isStored) this.#executionCount = executionCount;
    const remember = isStored ? this.#history.add(executionCount, code) : undefined;
    const publish = (type: string, body: object): void => {
      if (!isSilent) this.#output.publish({ type, content: JSON.stringify(body) });
    };
    const reply = (body: Content, abortWaiting = false): Answer => ({
      reply: { type: "execute_reply", content: { execution_count: executionCount, ...body } },
      abortWaiting,
    });

    const run = new Run();
    this.#run = run;
    if (isInterrupted) run.interrupt();
    this.#input.isAllowed = content.allow_stdin === true;
    this.#displays.begin();
    publish("execute_input", { code, execution_count: executionCount });
    try {
      const data = await run.do(async () => {
        const rest = await this.#magics.run(code, this.#lastError);
        const name = isStored ? `Cell [${executionCount}]` : UNNUMBERED;
        const value = await this.#interpreter.execute(rest, name);
        await this.#displays.settled();
        return value === undefined ? {} : await bundleOf(value);
      });
      this.#output.end();
      if (Object.keys(data).length > 0) {
        publish("execute_result", { execution_count: executionCount, data, metadata: {} });
        remember?.(String(data["text/plain"] ?? ""));
      }
      const expressions = await this.#evaluate(run, content.user_expressions);
      return reply({ status: "ok", user_expressions: expressions, payload: [] });
    } catch (error) {
      const isRefused = error instanceof Error && error.name === "TypeScriptError";
      if (!isRefused) this.#lastError = error;
      const failure = this.#interpreter.explain((isRefused && commandError(code)) || error);
      this.#output.end();
      publish("error", failure);
      return reply({ status: "error", ...failure }, !isSilent && content.stop_on_error !== false);
    } finally {
      this.#run = undefined;
      this.#input.isAllowed = false;
    }
  }

  /** Evaluate the expressions that a client asked for beside a cell, each on its own. */
  async #evaluate(run: Run, expressions: unknown): Promise<Content> {
    const results: Record<string, unknown> = {};
    for (const [name, expression] of Object.entries(expressions ?? {})) {
      try {
        const data = await run.do(async () =>
          bundleOf(await this.#interpreter.execute(String(expression), UNNUMBERED)),
        );
        // What is no JSON fails here, as the expression's own error.
        results[name] = { status: "ok", data: JSON.parse(JSON.stringify(data)), metadata: {} };
      } catch (error) {
        results[name] = { status: "error", ...this.#interpreter.explain(error) };
      }
    }
    return results;
  }

  #completeness(code: string): Content {
    return isMagic(code) ? { status: "complete" } : { ...this.#interpreter.completeness(code) };
  }

  #complete(content: Content): Content {
    const code = text(content, "code");
    const offset = cursor(content, code);
    const { start, end, matches } = completeMagic(code, offset) ?? this.#interpreter.complete(code, offset);
    const range = { start: positionOf(code, start), end: positionOf(code, end) };
    return {
      status: "ok",
      matches: matches.map(({ name }) => name),
      cursor_start: range.start,
      cursor_end: range.end,
      metadata: {
        _jupyter_types_experimental: matches.map(({ name, kind, signature }) => ({
          text: name,
          type: kind,
          ...(signature !== undefined && { signature }),
          ...range,
        })),
      },
    };
  }

  #inspect(content: Content): Content {
    const code = text(content, "code");
    const found = this.#interpreter.inspect(code, cursor(content, code), content.detail_level === 1);
    if (!found) return { status: "ok", found: false, data: {}, metadata: {} };
    const { signature, documentation, source = "" } = found;
    const join = (...parts: string[]): string => parts.filter(Boolean).join("\n\n");
    const data = {
      "text/plain": join(signature, documentation, source),
      "text/markdown": join(typescript(signature), documentation, source && typescript(source)),
    };
    return { status: "ok", found: true, data, metadata: {} };
  }
}

const typescript = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;

function text(content: Content, name: string): string {
  const value = content[name];
  if (typeof value === "string") return value;
  throw new TypeError(`Cannot answer the request: ${name} must be a text, got ${value}`);
}

function cursor(content: Content, code: string): number {
  const { cursor_pos: position } = content;
  return typeof position === "number" ? offsetOf(code, position) : code.length;
}
