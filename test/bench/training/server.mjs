import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SequenceExecutor } from "bioengine";

const program = join(fileURLToPath(import.meta.url), "../../../../packages/server/dist/main.js");

/** Run work on a server in a process of its own, with an empty model repository. */
export async function withServer(work) {
  const repository = mkdtempSync(join(tmpdir(), "bioengine-bench-"));
  const child = spawn(process.execPath, [program, "--model-repository", repository], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  try {
    for await (const line of createInterface(child.stdout)) {
      const [, url] = line.match(/ready at (http:\S+)$/) ?? [];
      if (url !== undefined) return await work(url, child.pid);
    }
    throw new Error(`The server ended with ${child.exitCode}`);
  } finally {
    child.kill();
    await ended;
    rmSync(repository, { recursive: true, force: true });
  }
}

/**
 * Train, the samples in turn, and end.
 *
 * @param onSteps called after each request with the count of steps so far
 * @returns the loss after each request
 */
export async function train(url, kind, { samples, requests, steps, onSteps }) {
  const modelName = `${kind}-train`;
  const training = new SequenceExecutor({ serverUrl: url, modelName, sequenceId: "bench", decodeJson: true });
  for (let request = 0; request < requests; request++) {
    const [image, labels] = samples[request % samples.length];
    const inputs = [image, labels.expandDims(2), { steps, channels: [1, 0] }];
    const { info } = await training.step(inputs, { selectOutputs: ["info"] });
    onSteps?.(info[0].iterations);
  }
  const { info, model } = await training.end({ selectOutputs: ["info", "model"] });
  if (!(model[0].length > 0)) throw new Error("The end of the training must give the network, got none");
  return info[0].history_record.map(({ loss }) => loss);
}

/** Resident memory of a process in MB; undefined where there is no /proc. */
export function memoryOf(id) {
  if (process.platform !== "linux") return undefined;
  const [, kilobytes] = readFileSync(`/proc/${id}/status`, "utf8").match(/VmRSS:\s+(\d+)/);
  return Number(kilobytes) / 1000;
}
