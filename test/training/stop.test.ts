import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { drawMembranes, execute, type TrainedModel, type TrainOptions, train } from "bioengine";
import { expect, test } from "vitest";
import { suiteEngine } from "./embeddedengine";

const engine = suiteEngine();
const outputDir = mkdtempSync(join(tmpdir(), "bioengine-trained-"));
const samples = drawMembranes({ count: 2, size: 64 });

const learn = (modelId: string, options: TrainOptions) =>
  train(modelId, samples, { epochs: 50, steps: 1, outputDir, ...options });

const isKept = (modelId: string): boolean => existsSync(join(engine.home(), "models", modelId));

async function expectToServe({ modelId, file }: TrainedModel): Promise<void> {
  expect(existsSync(file)).toBe(true);
  const { mask } = await execute({ inputs: [samples[0]![0].transpose([2, 0, 1]), {}], modelName: modelId });
  expect(mask.shape.slice(-2)).toEqual([64, 64]);
}

test("a signal stops train(), which keeps what was learnt and says so; it goes on from there", async () => {
  const stop = new AbortController();
  const onEpoch = ({ epoch }: { epoch: number }) => {
    if (epoch === 2) stop.abort();
  };
  const trained = await learn("stopped", { signal: stop.signal, onEpoch });
  expect(trained).toMatchObject({ stopped: "stopped after 2 of 50 epochs", iterations: 4 });
  expect(trained.losses).toHaveLength(2);
  await expectToServe(trained);
  const more = await learn("stopped", { epochs: 1 });
  expect(more).toMatchObject({ iterations: 6 });
  expect(more).not.toHaveProperty("stopped");
});

test("a signal stops train() in the middle of an image's steps", async () => {
  await learn("warm", { epochs: 1 });
  const stop = new AbortController();
  const training = learn("midway", { steps: 128, signal: stop.signal });
  // 128 iterations take longer on most machines, and one takes less on all; elsewhere it stops in another epoch.
  await setTimeout(4000);
  const started = performance.now();
  stop.abort();
  const trained = await training;
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(trained.stopped).toMatch(/^stopped after \d+ of 50 epochs$/);
  expect(trained.iterations).toBeGreaterThan(0);
  await expectToServe(trained);
});

test("a signal that is aborted before anything was learnt makes train() reject with its reason", async () => {
  const reason = new Error("changed my mind");
  const signal = AbortSignal.abort(reason);
  await expect(learn("unborn", { signal })).rejects.toBe(reason);
  await expect(learn("unborn", { signal, validation: samples })).rejects.toBe(reason);
  expect(isKept("unborn")).toBe(false);
  const { iterations } = await learn("born", { epochs: 1 });
  await expect(learn("born", { signal })).rejects.toBe(reason);
  expect(await learn("born", { epochs: 1 })).toMatchObject({ iterations: 2 * iterations! });
});

test("a signal that is aborted while the validation is measured before makes train() reject with its reason", async () => {
  const stop = new AbortController();
  const large = drawMembranes({ count: 1, size: 1024 });
  const training = learn("unmeasured", { signal: stop.signal, validation: [...samples, ...large] });
  await setTimeout(50);
  stop.abort(new Error("changed my mind"));
  await expect(training).rejects.toThrow("changed my mind");
  expect(isKept("unmeasured")).toBe(false);
});

test("train() doesn't hide behind a signal that the model could not be saved", async () => {
  const stop = new AbortController();
  mkdirSync(join(outputDir, "cellpose-unsaved.onnx"));
  const training = learn("unsaved", { signal: stop.signal, onEpoch: () => stop.abort() });
  await expect(training).rejects.toThrow(/cellpose-unsaved.onnx/);
  expect(isKept("unsaved")).toBe(true);
});

test("train() rejects with what onEpoch throws, and goes on in the next call", async () => {
  const onEpoch = () => {
    throw new Error("my own");
  };
  await expect(learn("thrown", { onEpoch })).rejects.toThrow("my own");
  expect(await learn("thrown", { epochs: 1 })).toMatchObject({ iterations: 4 });
});

test("train() says that the engine was killed; the next call goes on with what was learnt", async () => {
  const losses: number[] = [];
  const onEpoch = ({ epoch, loss }: { epoch: number; loss: number }) => {
    losses.push(loss);
    if (epoch === 3) void engine.kill();
  };
  await expect(learn("survivor", { onEpoch })).rejects.toMatchObject({
    name: "ConnectionError",
    message: expect.stringMatching(
      /^Cannot train survivor: the embedded engine must run .* got its end with signal SIGKILL; the next call starts another/,
    ),
  });
  expect(losses).toHaveLength(3);
  const trained = await learn("survivor", { epochs: 1 });
  // Whole images: of one that came in the meantime all is kept, or nothing.
  expect(trained.iterations).toBeGreaterThanOrEqual(8);
  await expectToServe(trained);
});

test("train() says in its own words, and with the caller's line, that no server answers", async () => {
  const serverUrl = "http://127.0.0.1:9";
  const error: Error = await learn("absent", { serverUrl }).catch((reason: Error) => reason);
  expect(error).toMatchObject({ name: "ConnectionError", serverUrl, cause: expect.any(Error) });
  expect(error.message).toMatch(/^Cannot train absent: no server answers at http:\/\/127\.0\.0\.1:9 /);
  expect(error.stack).toContain("stop.test.ts");
});
