import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const source = join(__dirname, "../src");
const stamp = join(__dirname, "../dist/.tsbuildinfo");
const lock = join(__dirname, "../dist.lock");

/** Build the kernel if its sources are newer; test files run side by side, so that one of them does it. */
export async function build(): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (isStale()) {
    if (takeLock()) {
      try {
        const compiler = join(root, "node_modules/typescript/bin/tsc");
        const { status, stdout } = spawnSync(process.execPath, [compiler, "--build", "kernel-ext"], {
          cwd: root,
          encoding: "utf8",
          timeout: 60_000,
        });
        if (status !== 0) throw new Error(`The kernel does not compile:\n${stdout}`);
        return;
      } finally {
        rmSync(lock, { recursive: true });
      }
    }
    if (Date.now() > deadline) throw new Error(`Nobody has built the kernel in 60 s: remove ${lock}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isStale(): boolean {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  return existsSync(lock) || files.some((file) => statSync(join(source, file)).mtimeMs > built);
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
