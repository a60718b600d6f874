import childProcess, { ChildProcess, type SpawnSyncReturns } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import type { StreamName } from "./exchange";
import type { Output } from "./output";

/** Where a child's stdout and stderr would go by themselves, if it is the kernel's own. */
type Routes = readonly (readonly [fd: 1 | 2, name: StreamName])[];
type Options = Readonly<Record<string, unknown>>;
type Sync = (...parts: unknown[]) => unknown;

/**
 * Show what child processes write that inherit the kernel's stdout or stderr: those lead to the log of Jupyter.
 *
 * They get pipes in their place, from which it goes on to the cell; children that are waited for show it at their end.
 */
export function captureChildren(output: Output): void {
  const spawn: unknown = Reflect.get(ChildProcess.prototype, "spawn");
  if (typeof spawn !== "function") return;
  Reflect.set(ChildProcess.prototype, "spawn", function (this: ChildProcess, options: Options): unknown {
    const routes = routesOf(options.stdio);
    const result = spawn.call(this, { ...options, stdio: piped(options.stdio, routes) });
    for (const [fd, name] of routes) {
      const write = output.writer(name);
      this.stdio[fd]?.on("data", (chunk: Buffer) => write(chunk));
      // As it is for a child that inherits.
      Reflect.set(this.stdio, fd, null);
      Reflect.set(this, fd === 1 ? "stdout" : "stderr", null);
    }
    return result;
  });

  replaceSync("spawnSync", (original, parts, options, routes) => {
    const stdio = piped(options.stdio, routes);
    const result = original(...parts, { maxBuffer: Infinity, ...options, stdio }) as SpawnSyncReturns<Buffer>;
    for (const [fd, name] of routes) {
      const text: Buffer | string | null | undefined = result.output?.[fd];
      if (text) output.write(name, String(text));
      Reflect.set(result, fd === 1 ? "stdout" : "stderr", null);
      if (result.output) result.output[fd] = null;
    }
    return result;
  });
  for (const name of ["execSync", "execFileSync"]) {
    replaceSync(name, (original, parts, { stdio, ...others }, routes) => {
      const [, ownStdout] = kindsOf(stdio);
      const stdoutName = routes.find(([fd]) => fd === 1)?.[1];
      const hasStderr = routes.some(([fd]) => fd === 2);
      // Without `stdio` they write what comes on stderr to `process.stderr`; with it they keep it for an error.
      const options = hasStderr ? others : { ...others, stdio: piped(stdio, routes) };
      const show = (stdout: unknown): void => {
        if (stdoutName) output.write(stdoutName, String(stdout ?? ""));
      };
      try {
        const stdout = original(...parts, { maxBuffer: Infinity, ...options });
        show(stdout);
        return stdoutName || ownStdout === "ignore" ? null : stdout;
      } catch (error) {
        if (error instanceof Error) show(Reflect.get(error, "stdout"));
        throw error;
      }
    });
  }
  syncBuiltinESMExports();
}

/** Replace a function of `child_process` that waits, where its options let the child inherit. */
function replaceSync(
  name: string,
  run: (original: Sync, parts: readonly unknown[], options: Options, routes: Routes) => unknown,
): void {
  const original: Sync = Reflect.get(childProcess, name);
  Reflect.set(childProcess, name, (...parts: unknown[]): unknown => {
    const options = parts.at(-1);
    if (!isOptions(options)) return original(...parts);
    const routes = routesOf(options.stdio);
    return routes.length === 0 ? original(...parts) : run(original, parts.slice(0, -1), options, routes);
  });
}

/** What becomes of each stream, in an array of its own. */
const kindsOf = (stdio: unknown): unknown[] => (Array.isArray(stdio) ? [...stdio] : [stdio, stdio, stdio]);

function routesOf(stdio: unknown): Routes {
  const kinds = kindsOf(stdio);
  return ([1, 2] as const).flatMap((fd): Routes => {
    const kind = kinds[fd];
    if (kind === 1 || kind === process.stdout) return [[fd, "stdout"]];
    if (kind === 2 || kind === process.stderr) return [[fd, "stderr"]];
    return kind === "inherit" ? [[fd, fd === 1 ? "stdout" : "stderr"]] : [];
  });
}

/** The same `stdio` with pipes for what goes to cells. */
function piped(stdio: unknown, routes: Routes): unknown {
  if (routes.length === 0) return stdio;
  const kinds = kindsOf(stdio);
  for (const [fd] of routes) kinds[fd] = "pipe";
  return kinds;
}

const isOptions = (value: unknown): value is Options =>
  typeof value === "object" && value !== null && !Array.isArray(value);
