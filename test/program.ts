import { type ChildProcess, spawn } from "node:child_process";

/** What a finished program left: its exit code and everything that it printed. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Run a program to its end; it is killed, and the promise rejected, after `timeoutMs`. */
export function finish(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Finished> {
  const { timeoutMs = 240_000, cwd, env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk));
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`${command} ${args.join(" ")} has not ended after ${timeoutMs} ms:\n${output}`));
    }, timeoutMs);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

/** A program that runs on, and what a line of its output said when it was ready. */
export interface Running {
  readonly child: ChildProcess;
  readonly match: RegExpMatchArray;
  /** Everything it has printed so far. */
  output(): string;
  /** End it with SIGTERM and wait; gives its exit code. */
  end(): Promise<number | null>;
}

/** Start a program and wait until its output matches `ready`. */
export function start(
  command: string,
  args: readonly string[],
  ready: RegExp,
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Running> {
  const { timeoutMs = 60_000, cwd, env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const fail = (reason: string) => {
      child.kill("SIGKILL");
      reject(new Error(`${command} ${args.join(" ")} ${reason}:\n${output}`));
    };
    const timer = setTimeout(() => fail(`is not ready after ${timeoutMs} ms`), timeoutMs);
    const ended = new Promise<number | null>((done) => child.on("close", done));
    child.on("error", reject);
    child.on("close", (code) => fail(`ended with ${code}`));
    const end = () => {
      child.kill("SIGTERM");
      return ended;
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk;
        const match = output.match(ready);
        if (!match) return;
        clearTimeout(timer);
        resolve({ child, match, end, output: () => output });
      });
    }
  });
}
