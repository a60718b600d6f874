import { type ChildProcess, spawn } from "node:child_process";

let running: { readonly process: ChildProcess; readonly url: Promise<string> } | undefined;

// A waiting server must not keep a finished program alive; a starting one must.
function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && "unref" in stream && typeof stream.unref === "function") stream.unref();
  }
}

function start(): { process: ChildProcess; url: Promise<string> } {
  const entry = require.resolve("@bioengine/server/dist/main.js");
  // The IPC channel is the leash: the server ends when this process does, however it ends.
  const child = spawn(process.execPath, [entry, "--port", "0"], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const url = new Promise<string>((resolve, reject) => {
    let output = "";
    const read = (chunk: Uint8Array) => {
      output += chunk;
      const ready = output.match(/ready at (http:\S+)/);
      if (!ready?.[1]) return;
      letGo(child);
      resolve(ready[1]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", (cause) =>
      reject(new Error(`Cannot start the embedded engine: ${cause.message}`, { cause })),
    );
    child.on("exit", (code, signal) => {
      if (running?.process === child) running = undefined;
      reject(
        new Error(`Cannot start the embedded engine: it ended with ${signal ?? code}\n${output.trim()}`),
      );
    });
  });
  return { process: child, url };
}

/**
 * The URL of the embedded engine, started by the first call as a child process on a free loopback port and
 * shared by later ones. It ends with this process; if it has died, the next call starts another.
 *
 * @returns e.g. `http://127.0.0.1:41234`
 * @throws {Error} if the child process doesn't come up; the message holds what it printed
 * @example
 * await getConfig({ serverUrl: await embeddedServerUrl(), modelName: "stardist" });
 */
export function embeddedServerUrl(): Promise<string> {
  running ??= start();
  return running.url;
}
