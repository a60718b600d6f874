import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));

/** Names of the clients in JavaScript; all others are in peer.py. */
export const own = "bioengine";
export const floor = "node-http";

/** A client in a process of its own, for as long as the benchmark runs. */
function startPeer(name, url, python) {
  const program =
    name === own || name === floor
      ? [process.execPath, [join(folder, "peer.mjs"), name, url]]
      : [python, [join(folder, "peer.py"), name, url]];
  const child = spawn(...program, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended with ${child.exitCode}`);
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

/** The clients by name, started for some work and ended after it. */
export async function withPeers(names, url, python, work) {
  const peers = Object.fromEntries(names.map((name) => [name, startPeer(name, url, python)]));
  try {
    return await work(peers);
  } finally {
    for (const peer of Object.values(peers)) peer.end();
  }
}
