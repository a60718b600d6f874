import { spawn } from "node:child_process";

/** How to run a program: where, and with which environment variables on top of this process's. */
export interface ProgramOptions {
  cwd?: string;
  env?: Record<string, string>;
}

/**
 * Run a program to its end, keeping what it prints for the error message.
 *
 * @returns what it wrote to its standard output
 * @throws {Error} if it can't be started or fails; the message ends with the last lines it printed
 * @example
 * await runProgram("python3", ["--version"]);
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let all = "";
    child.stdout.on("data", (chunk: Uint8Array) => {
      output += chunk;
      all += chunk;
    });
    child.stderr.on("data", (chunk: Uint8Array) => {
      all += chunk;
    });
    child.on("error", (cause) => reject(new Error(`Cannot run ${command}: ${cause.message}`, { cause })));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else {
        const lastLines = all.trim().split("\n").slice(-15).join("\n");
        reject(
          new Error(`Cannot run ${command} ${args.join(" ")}: it ended with ${signal ?? code}\n${lastLines}`),
        );
      }
    });
  });
}

/**
 * Run a program in the foreground: it shares this terminal, and gets the signals that this process gets.
 *
 * @returns its exit code; 0 when it was ended by a signal sent to this process
 * @throws {Error} if it can't be started
 * @example
 * process.exitCode = await runForeground("jupyter", ["lab"]);
 */
export function runForeground(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: "inherit",
    });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    child.on("error", (cause) => reject(new Error(`Cannot run ${command}: ${cause.message}`, { cause })));
    child.on("close", (code) => {
      for (const signal of signals) process.off(signal, forward);
      resolve(code ?? 0);
    });
  });
}
