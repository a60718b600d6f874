import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";

const held = new Set<string>();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Whether what holds a lock has ended without giving it back; of other machines nobody knows. */
function isLeft(path: string, holder: string): boolean {
  const [pid, host] = holder.split(" ");
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !held.has(path) : !isRunning(Number(pid));
}

/**
 * Take a lock that other calls and processes take too, without waiting for it.
 *
 * @param path of a file that exists while the lock is held
 * @returns what gives the lock back; undefined if another holds it
 */
export async function takeLock(path: string): Promise<(() => Promise<void>) | undefined> {
  const take = async (): Promise<boolean> => {
    try {
      await writeFile(path, `${process.pid} ${hostname()}`, { flag: "wx" });
      held.add(path);
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    }
  };
  if (!(await take())) {
    const holder = await readFile(path, "utf8").catch(() => "");
    if (!isLeft(path, holder)) return undefined;
    await rm(path, { force: true });
    if (!(await take())) return undefined;
  }
  return async () => {
    held.delete(path);
    await rm(path, { force: true });
  };
}
