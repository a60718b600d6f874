import { type ChatMessage, CODE_MODEL_TARGET, type CodeModelAnswer } from "@bioengine/mime";
import { chat } from "./codemodelchat";
import { CodeModelError } from "./codemodelerror";
import {
  type CodeModelEnvironment,
  type CodeModelSettings,
  codeModelFile,
  readCodeModel,
} from "./codemodelsettings";

/**
 * Let front ends ask a code model: here, because the key must not leave the server's machine.
 *
 * The front end opens a comm, learns where a request would go, and sends the messages. To close the comm is to cancel.
 */
export function offerCodeModel(comms: Jupyter.Comms, environment: CodeModelEnvironment): void {
  comms.register(CODE_MODEL_TARGET, (comm) => {
    const closed = new AbortController();
    const say = (answer: CodeModelAnswer): void => {
      if (!closed.signal.aborted) comm.send(answer);
    };
    const attempt = async (work: () => unknown): Promise<void> => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof CodeModelError)) throw error;
        say({ kind: "failure", reason: error.reason, detail: error.detail });
      }
    };
    comm.onClose(() => closed.abort());
    void attempt(() => {
      const settings = readCodeModel(environment);
      if (!settings) return say({ kind: "unset", file: codeModelFile() });
      comm.onMessage(({ data }) =>
        attempt(async () => {
          const isCut = await chat(settings, messagesIn(data), {
            signal: closed.signal,
            onPiece: (text) => say({ kind: "piece", text }),
          });
          say({ kind: "end", isCut });
        }),
      );
      say(placeOf(settings));
    });
  });
}

function placeOf({ url, model, key, exposedFile }: CodeModelSettings): CodeModelAnswer {
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  return {
    kind: "place",
    address: url.origin + url.pathname.replace(/\/chat\/completions$/, ""),
    model,
    exposedFile: key ? exposedFile : "",
    isUnencrypted: url.protocol === "http:" && !isHere,
  };
}

function messagesIn(data: unknown): ChatMessage[] {
  const messages: unknown = Reflect.get(Object(data), "messages");
  if (!Array.isArray(messages)) {
    throw new TypeError(`Cannot ask a code model: messages must be an array, got ${typeof messages}`);
  }
  return messages.map((message: unknown) => ({
    role: Reflect.get(Object(message), "role") === "system" ? "system" : "user",
    content: String(Reflect.get(Object(message), "content")),
  }));
}
