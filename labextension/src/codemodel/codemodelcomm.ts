import {
  type ChatMessage,
  CODE_MODEL_TARGET,
  type CodeModelAnswer,
  type CodeModelFailure,
  parseCodeModelAnswer,
} from "@bioengine/mime";
import type { Kernel } from "@jupyterlab/services";
import type { TranslationBundle } from "@jupyterlab/translation";

const ENDED: readonly Kernel.Status[] = ["terminating", "restarting", "autorestarting", "dead"];

/** The person has ended the request. */
export class Cancelled extends Error {}

/** One conversation with a code model, which the kernel leads. */
export class CodeModelComm {
  private readonly comm: Kernel.IComm;
  private take: (answer: CodeModelAnswer) => void = () => {};
  private fail: (error: Error) => void = () => {};
  private hasEnded = false;

  constructor(
    private readonly kernel: Kernel.IKernelConnection,
    private readonly trans: TranslationBundle,
  ) {
    this.comm = kernel.createComm(CODE_MODEL_TARGET);
    this.comm.onMsg = ({ content }) => {
      try {
        this.take(parseCodeModelAnswer(content.data));
      } catch (error) {
        this.fail(error instanceof Error ? error : new Error(String(error)));
      }
    };
    this.comm.onClose = () => this.fail(new Error(this.needsKernel()));
    kernel.statusChanged.connect(this.onStatus, this);
    kernel.connectionStatusChanged.connect(this.onStatus, this);
    kernel.disposed.connect(this.onEnd, this);
  }

  /**
   * Open it; nothing is sent to a code model yet.
   *
   * @returns where a request would go, or why it can't
   * @throws {Error} if the kernel knows no code models
   */
  async open(): Promise<CodeModelAnswer> {
    // Another kernel may leave the comm without an answer.
    const { implementation } = await this.kernel.info;
    if (implementation !== "bioengine") throw new Error(this.needsKernel());
    return new Promise((resolve, reject) => {
      this.take = resolve;
      this.fail = reject;
      this.comm.open({});
    });
  }

  /**
   * Send the messages.
   *
   * @param onPiece is told each piece of the answer
   * @returns whether the answer was cut as too long
   * @throws {Error} if there is no answer, or it breaks off; {@link Cancelled} if it is closed before
   */
  ask(messages: readonly ChatMessage[], onPiece: (text: string) => void): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.take = (answer) => {
        if (answer.kind === "piece") onPiece(answer.text);
        else if (answer.kind === "end") resolve(answer.isCut);
        else if (answer.kind === "failure") reject(new Error(failureText(answer, this.trans)));
      };
      this.fail = reject;
      // Maybe while the person was typing.
      if (this.hasEnded) return this.onEnd();
      this.comm.send({ messages: messages.map(({ role, content }) => ({ role, content })) });
    });
  }

  /** End it, whatever it is at. */
  close(): void {
    this.kernel.statusChanged.disconnect(this.onStatus, this);
    this.kernel.connectionStatusChanged.disconnect(this.onStatus, this);
    this.kernel.disposed.disconnect(this.onEnd, this);
    this.fail(new Cancelled());
    if (!this.comm.isDisposed && !this.kernel.isDisposed) this.comm.close();
  }

  private onStatus({ status, connectionStatus }: Kernel.IKernelConnection): void {
    if (ENDED.includes(status) || connectionStatus === "disconnected") this.onEnd();
  }

  private onEnd(): void {
    this.hasEnded = true;
    this.fail(new Error(this.trans.__("The kernel has ended: ask again when it is there.")));
  }

  private needsKernel(): string {
    return this.trans.__(
      "Only the kernel TypeScript (BioEngine) asks code models: choose it for this notebook.",
    );
  }
}

/** What a person does about a failure, in one line. */
export function failureText({ reason, detail }: CodeModelFailure, trans: TranslationBundle): string {
  switch (reason) {
    case "settings":
      return detail;
    case "key":
      return trans.__("The code model's server refuses the key (%1): set another.", detail);
    case "address":
      return trans.__("The server has no such address or model (%1): correct url or model.", detail);
    case "limit":
      return trans.__("The server takes no more requests now (%1): wait, or raise your limit there.", detail);
    case "status":
      return trans.__("The code model's server failed (%1): ask again later.", detail);
    case "redirect":
      return trans.__("The server has moved to %1: set that as url, if you trust it.", detail);
    case "unreachable":
      return trans.__("The code model's server can't be reached (%1): see that it runs, and url.", detail);
    case "timeout":
      return trans.__("The code model took longer than %1 s: ask again, or set more seconds.", detail);
    case "unreadable":
      return trans.__(
        "The server's answer is no chat's (%1): url must end before /chat/completions.",
        detail,
      );
  }
}
