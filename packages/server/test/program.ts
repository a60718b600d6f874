import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const root = join(__dirname, "../../..");

/** The program, as it was built. */
export const main: string = join(__dirname, "../dist/main.js");

/** Build the package and those that it needs, where they have changed. */
export function build(): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--build", join(__dirname, "..")]);
}

export interface Program {
  readonly child: ChildProcess;
  /** What it printed to stdout so far. */
  output(): string;
  readonly url: string;
}

/** Start the server as a child process, and wait until it is ready. It is killed after the test. */
export async function start(
  leash: "ipc" | "ignore",
  code: readonly string[] = [main, "--port", "0"],
  errors: "inherit" | "ignore" = "inherit",
  env: NodeJS.ProcessEnv = process.env,
): Promise<Program> {
  const child = spawn(process.execPath, code, { stdio: ["ignore", "pipe", errors, leash], env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const ready = output.match(/^bioengine server ready at (http:\S+)$/m);
      if (ready) resolve(ready[1]);
    });
    child.on("exit", (status) => reject(new Error(`ended with ${status}`)));
  });
  return { child, url, output: () => output };
}
