import { once } from "node:events";
import { relative } from "node:path";
import { TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { ask } from "../client";
import { folderOf } from "../modelrepositoryfolder";
import { build, main, start } from "../program";
import { digestsIn, discs, type Sample, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

const samples: readonly Sample[] = [discs(), discs(11), discs(7), discs()];

/** What a training leaves that nothing interrupts. */
async function uninterrupted(): Promise<{ history: unknown; files: unknown }> {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const { step } = trainer(url, 102, { seed: 5, steps: 2 });
  let history: unknown;
  for (const sample of samples) ({ history_record: history } = await step(sample));
  return { history, files: filesOf(folder) };
}

/** The files of a folder, but for its place. */
const filesOf = (folder: string) =>
  digestsIn(folder).map(([path, digest]) => [relative(folder, path), digest]);

const resumed = { seed: 5, steps: 2, resume: true };

test("a training that goes on after the server was closed is the one that was never interrupted", async () => {
  const folder = folderOf({});
  const first = await serveTrainings(folder);
  for (const sample of samples.slice(0, 2)) await trainer(first.url, 102, resumed).step(sample);
  await first.close();
  const { url } = await serveTrainings(folder);
  const { step } = trainer(url, 102, resumed);
  await step(samples[2]);
  const { history_record } = await step(samples[3]);
  expect({ history: history_record, files: filesOf(folder) }).toEqual(await uninterrupted());
});

test("a training whose server was killed in the middle of a step loses that step alone", async () => {
  const folder = folderOf({});
  const program = [main, "--port", "0", "--model-repository", folder];
  const first = await start("ignore", program);
  const { step } = trainer(first.url, 102, resumed);
  for (const sample of samples.slice(0, 2)) await step(sample);
  const before = filesOf(folder);
  const lost = step(samples[2], { steps: 128 }, { requestId: "lost" });
  const done = async () => {
    const { status, body } = await ask(`${first.url}/v2/models/cellpose-train/progress/lost`);
    return status === 200 ? JSON.parse(body.toString()).done : 0;
  };
  lost.catch(() => {});
  await expect.poll(done, { interval: 10, timeout: 30_000 }).toBeGreaterThan(1);
  const exit = once(first.child, "exit");
  first.child.kill("SIGKILL");
  await exit;
  await expect(lost).rejects.toThrow();
  expect(filesOf(folder)).toEqual(before);

  const second = await start("ignore", program);
  const client = new TritonClient({ serverUrl: second.url });
  const inputs = [samples[0][0].slice(null, null, [0, 2]).transpose([2, 0, 1]), {}];
  const { mask } = await client.execute({ modelName: "102", inputs });
  expect(mask.max()).toBe(9);
  const again = trainer(second.url, 102, resumed);
  await again.step(samples[2]);
  const { history_record } = await again.step(samples[3]);
  expect({ history: history_record, files: filesOf(folder) }).toEqual(await uninterrupted());
});

test("a training that two servers of one folder go on with in turn is the one of a single server", async () => {
  const folder = folderOf({});
  const servers = [await serveTrainings(folder), await serveTrainings(folder)];
  const trainers = servers.map(({ url }) => trainer(url, 102, resumed));
  let history: unknown;
  for (const [index, sample] of samples.entries()) {
    ({ history_record: history } = await trainers[index % 2].step(sample));
  }
  expect({ history, files: filesOf(folder) }).toEqual(await uninterrupted());
});
