import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { codeModelFile, readCodeModel, saveCodeModel, takeCodeModel } from "@bioengine/kernel";

/** What the command line says of the code model; the key is never on it, where other users could read it. */
export interface CodeModelOptions {
  url?: string;
  model?: string;
  seconds?: string;
}

/**
 * Keep which code model writes cells, with its key from the standard input; without options, say which it is.
 *
 * @returns what to print
 * @throws {Error} if it can't be used
 * @example
 * await setCodeModel({ url: "http://127.0.0.1:11434/v1", model: "qwen3-coder" });
 */
export async function setCodeModel({ url, model, seconds }: CodeModelOptions): Promise<string> {
  if (url === undefined && model === undefined && seconds === undefined) return presentModel();
  const file = saveCodeModel({ url, model, seconds, key: (await readKey()) || undefined });
  return `Kept in ${file}, which you alone can read; notebooks take it at once`;
}

function presentModel(): string {
  const settings = readCodeModel(takeCodeModel({ ...process.env }));
  if (!settings) return `No code model is set: ${codeModelFile()} does not exist`;
  const { url, model, key } = settings;
  return `${model} at ${url.origin}${url.pathname}, ${key ? "with a key" : "without a key"}`;
}

/** A key that is piped, or typed without being shown. */
async function readKey(): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    let text = "";
    for await (const chunk of stdin) text += chunk;
    return text.trim();
  }
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  lines.on("SIGINT", () => process.exit(130));
  stderr.write("Key (not shown; empty if the server wants none): ");
  try {
    return (await lines.question("")).trim();
  } finally {
    lines.close();
    stderr.write("\n");
  }
}
