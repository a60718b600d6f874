import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { ConnectionError } from "@bioengine/triton";
import { homeRepository } from "./home";

/** The embedded engine, from its start to its end. */
interface Engine {
  readonly child: ChildProcess;
  readonly url: Promise<string>;
  /** The last that it printed. */
  output(): string;
}

let running: Engine | undefined;

/** As much of what the engine printed as an error shows. */
const outputLength = 2000;

/** How long a process that has closed its connections may take to end. */
const endMs = 2000;

// A waiting server must not keep a finished program alive; a starting one must.
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

const endOf = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode === null ? `exit code ${exitCode}` : `signal ${signalCode}`;

function start(): Engine {
  const entry = require.resolve("@bioengine/server/dist/main.js");
  const args = [entry, "--port", "0", "--model-repository", homeRepository()];
  // The IPC channel is the leash: the server ends when this process does, however it ends.
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl+C and tslab's stop button go to a whole group of processes, and are for this one, which may go on.
    detached: true,
    windowsHide: true,
  });
  let output = "";
  const url = new Promise<string>((resolve, reject) => {
    const read = (chunk: Uint8Array) => {
      output = (output + chunk).slice(-outputLength);
      const ready = output.match(/ready at (http:\S+)\n/);
      if (!ready?.[1]) return;
      letGo(child);
      resolve(ready[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", (cause) =>
      reject(new Error(`Cannot start the embedded engine: ${cause.message}`, { cause })),
    );
    child.on("exit", () => {
      if (running?.child === child) running = undefined;
    });
    child.on("close", () =>
      reject(new Error(`Cannot start the embedded engine: it ended with ${endOf(child)}\n${output.trim()}`)),
    );
  });
  return { child, url, output: () => output.replace(/^bioengine server ready at .*\n/m, "").trim() };
}

/**
 * Run a call on the embedded engine, which the first call starts as a child process on a free loopback port, and later
 * ones share. It ends with this process; if it has died, the next call starts another.
 *
 * @param action what the call does, for messages: "execute stardist"
 * @param call is given the engine's URL, e.g. `http://127.0.0.1:41234`
 * @param inPlaceOf what to throw in place of an error, of the engine's end that is behind it; default: the latter
 * @throws {Error} if the child process doesn't come up; the message holds what it printed
 * @throws {ConnectionError} if it ends before it has answered; the message says how, and holds what it printed last
 * @example
 * await onEmbeddedEngine("describe stardist", (serverUrl) => getConfig({ serverUrl, modelName: "stardist" }));
 */
export async function onEmbeddedEngine<T>(
  action: string,
  call: (serverUrl: string) => Promise<T>,
  inPlaceOf: (error: unknown, end: ConnectionError) => unknown = (_, end) => end,
): Promise<T> {
  running ??= start();
  const engine = running;
  const url = await engine.url;
  try {
    return await call(url);
  } catch (error) {
    if (!isOfConnection(error) || !(await endsSoon(engine.child))) throw error;
    const said = engine.output();
    const last = said === "" ? "it printed nothing" : `the last that it printed:\n${said}`;
    const message = `Cannot ${action}: the embedded engine must run until it has answered, got its end with ${endOf(engine.child)}; the next call starts another; ${last}`;
    throw inPlaceOf(error, new ConnectionError(message, url, { cause: error }));
  }
}

const isOfConnection = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof Error && error.cause instanceof ConnectionError);

async function endsSoon(child: ChildProcess): Promise<boolean> {
  if (!hasEnded(child)) await Promise.race([once(child, "close"), setTimeout(endMs)]);
  return hasEnded(child);
}
