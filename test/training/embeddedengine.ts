import childProcess, { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, vi } from "vitest";

/** The embedded engine of a suite, whose trained models lie in a folder that goes with the suite. */
export interface SuiteEngine {
  /** The folder that `BIOENGINE_HOME` names now. */
  home(): string;
  /** Give the next engine an empty home. */
  moveHome(): Promise<void>;
  /** End the engine however it is; the next call starts another. */
  kill(): Promise<void>;
}

/** Give a suite an embedded engine with a home of its own, and end both with it. */
export function suiteEngine(): SuiteEngine {
  const spawned = vi.spyOn(childProcess, "spawn");
  const homes: string[] = [];
  const home = () => homes[homes.length - 1]!;
  const setHome = () => {
    homes.push(mkdtempSync(join(tmpdir(), "bioengine-home-")));
    vi.stubEnv("BIOENGINE_HOME", home());
  };
  const kill = async () => {
    const child: ChildProcess | undefined = spawned.mock.results.at(-1)?.value;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
  };
  const moveHome = async () => {
    await kill();
    setHome();
  };
  afterAll(async () => {
    await kill();
    spawned.mockRestore();
    vi.unstubAllEnvs();
    for (const folder of homes) rmSync(folder, { recursive: true, force: true });
  });
  setHome();
  return { home, moveHome, kill };
}
