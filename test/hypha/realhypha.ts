import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const folder = import.meta.dirname;
const python = join(
  folder,
  "../../.environments/hypha",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);

/** A real Hypha server, with the services of modelrunner.py. */
export interface RealHypha {
  readonly url: string;
  readonly workspace: string;
  /** One that may use the workspace's protected services. */
  readonly token: string;
  /** Calls a function of a service without our client. */
  ask(service: string, name: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("the server must have a port");
  return address.port;
}

/** A Python process with what it has written so far. */
class PythonProcess {
  output = "";
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[]) {
    this.#child = spawn(python, args, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once("close", resolve);
      this.#child.once("error", (error) => {
        this.output += `${python}, which npm test installs: ${error.message}`;
        resolve(error);
      });
    });
  }

  /** Waits for what `ready` gives, at most a minute. */
  async until<T>(what: string, ready: () => Promise<T | undefined>): Promise<T> {
    for (let waited = 0; waited < 60_000 && !this.#hasEnded; waited += 100) {
      const value = await ready();
      if (value !== undefined) return value;
      await sleep(100);
    }
    throw new Error(`Cannot start ${what}: it must be ready within a minute, got\n${this.output}`);
  }

  get #hasEnded(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null;
  }

  async stop(): Promise<void> {
    if (this.#child.pid === undefined) return;
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    await this.#ended;
    clearTimeout(timer);
  }
}

/** Start a Hypha server on a free port, and wait until its services are there. */
export async function startHypha(): Promise<RealHypha> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const processes = [new PythonProcess(["-m", "hypha.server", "--host=127.0.0.1", `--port=${port}`])];
  const stop = async () => {
    for (const process of processes.toReversed()) await process.stop();
  };
  try {
    await processes[0].until("Hypha", async () => {
      const answer = await fetch(`${url}/health/readiness`).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
    const runner = new PythonProcess([join(folder, "modelrunner.py"), url]);
    processes.push(runner);
    const line = await runner.until(
      "modelrunner.py",
      async () => /^\{"workspace".*\}$/m.exec(runner.output)?.[0],
    );
    const { workspace, token } = JSON.parse(line);
    const ask = async (service: string, name: string) => {
      const answer = await fetch(`${url}/${workspace}/services/${service}/${name}`);
      return JSON.parse(await answer.text());
    };
    return { url, workspace, token, ask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
