import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = join(fileURLToPath(import.meta.url), "../peer.py");

/**
 * Start PyTorch on the weights and batches of a training.
 *
 * @returns `steps(layout, count)` gives the milliseconds and the losses of the next steps
 */
export function startPeer(python, kind, { weights, batches }) {
  const folder = mkdtempSync(join(tmpdir(), "bioengine-bench-"));
  writeFileSync(join(folder, "weights"), weights);
  for (const part of ["image", "target", "pixelWeight"]) {
    writeFileSync(
      join(folder, part),
      Buffer.concat(batches.map((batch) => new Uint8Array(batch[part].buffer))),
    );
  }
  const child = spawn(python, [program, kind, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async steps(layout, count) {
      child.stdin.write(`${JSON.stringify({ layout, steps: count })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The Python peer ended with ${child.exitCode}`);
      return JSON.parse(value);
    },
    end() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
