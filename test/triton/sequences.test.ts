import { setTimeout as sleep } from "node:timers/promises";
import { execute, full, SequenceExecutor } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

// The model cellpose-train adds up what it is sent: `sum` of the images' values, `steps` as the parameters say.

const sample = (value: number, parameters: object = { steps: 1 }) => [
  full([1, 1, 1], value, "float32"),
  full([1, 1, 1], 0, "float32"),
  parameters,
];

withTriton("sequences", ["cellpose-train", "train-two"], (triton) => {
  const training = (sequenceId: number, modelName = "cellpose-train") =>
    new SequenceExecutor({
      serverUrl: triton.url,
      modelName,
      sequenceId,
      decodeJson: true,
    });

  test("SequenceExecutor starts with the first step, goes on, and end() adds nothing", async () => {
    const executor = training(1);
    const first = await executor.step(sample(1));
    const second = await executor.step(sample(10, { steps: 5 }));
    const last = await executor.end();
    expect(first.info[0]).toMatchObject({ start: 1, end: 0, steps: 1, sum: 1, corrid: 1 });
    expect(second.info[0]).toMatchObject({ start: 0, end: 0, steps: 6, sum: 11 });
    expect(last.info[0]).toMatchObject({ start: 0, end: 1, steps: 6, sum: 11, shape: [0, 0, 0] });
    expect(last.model[0]).toEqual(Uint8Array.of(0, 255, 80, 75));
  });

  test("SequenceExecutor.end() with inputs counts them once", async () => {
    const executor = training(2);
    await executor.step(sample(1));
    const { info } = await executor.end({ inputs: sample(2) });
    expect(info[0]).toMatchObject({ end: 1, steps: 2, sum: 3 });
  });

  test("SequenceExecutor starts anew after the end and after reset()", async () => {
    const executor = training(3);
    await executor.step(sample(1));
    await executor.end();
    expect((await executor.step(sample(4))).info[0]).toMatchObject({ start: 1, sum: 4 });
    executor.reset();
    expect((await executor.step(sample(5))).info[0]).toMatchObject({ start: 1, sum: 5 });
    await executor.end();
  });

  test("SequenceExecutor.execute() runs a sample alone as start and end in one", async () => {
    const results = await training(4).execute([sample(7)]);
    expect(results.map(({ info }) => info[0])).toMatchObject([{ start: 1, end: 1, steps: 1, sum: 7 }]);
  });

  test("SequenceExecutor.execute() runs several samples and leaves their array as it was", async () => {
    const samples = [sample(1), sample(2), sample(3)];
    const copy = [...samples];
    const results = await training(5).execute(samples, { selectOutputs: ["info"] });
    expect(results.map(({ info }) => [info[0].start, info[0].end, info[0].sum])).toEqual([
      [1, 0, 1],
      [0, 0, 3],
      [0, 1, 6],
    ]);
    expect(samples).toEqual(copy);
  });

  test("two SequenceExecutors at once don't mix", async () => {
    const [one, other] = [training(6, "train-two"), training(7, "train-two")];
    const steps = [1, 2, 3, 4].flatMap((value) => [one.step(sample(value)), other.step(sample(value * 100))]);
    await Promise.all(steps);
    const [first, second] = await Promise.all([one.end(), other.end()]);
    expect(first.info[0]).toMatchObject({ sum: 10, steps: 4, corrid: 6 });
    expect(second.info[0]).toMatchObject({ sum: 1000, steps: 4, corrid: 7 });
  });

  test("SequenceExecutors that the model takes one after the other wait for each other", async () => {
    const runs = [11, 12].map((id) => training(id).execute([sample(id), sample(1)]));
    const sums = (await Promise.all(runs)).map((results) => results.map(({ info }) => info[0].sum));
    expect(sums).toEqual([
      [11, 12],
      [12, 13],
    ]);
  });

  test("a step that the model refuses doesn't count; if it was the first, the next starts", async () => {
    const executor = training(8);
    await expect(executor.step(sample(1, { fail: true }))).rejects.toMatchObject({ status: 500 });
    expect((await executor.step(sample(2))).info[0]).toMatchObject({ start: 1, sum: 2 });
    await expect(executor.step(sample(3, { fail: true }))).rejects.toMatchObject({ status: 500 });
    expect((await executor.end()).info[0]).toMatchObject({ steps: 1, sum: 2 });
  });

  test("a step after the server has given up waiting says to send all again, and then works", async () => {
    const executor = training(9);
    await executor.step(sample(1));
    await sleep(7000);
    await expect(executor.step(sample(2))).rejects.toThrow(/START flag.*reset\(\)/s);
    executor.reset();
    expect((await executor.step(sample(3))).info[0]).toMatchObject({ start: 1, sum: 3 });
    await executor.end();
  });

  test("execute() runs a step by itself with sequenceId, sequenceStart and sequenceEnd", async () => {
    const { info } = await execute({
      inputs: sample(2),
      serverUrl: triton.url,
      modelName: "cellpose-train",
      sequenceId: 10,
      sequenceStart: true,
      sequenceEnd: true,
      decodeJson: true,
    });
    expect(info[0]).toMatchObject({ start: 1, end: 1, sum: 2, corrid: 10 });
  });
});
