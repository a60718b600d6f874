import { ndarray } from "@bioengine/ndarray";
import { expect, test } from "vitest";
import { SequenceExcutor, SequenceExecutor } from "../src/index";
import { configLine, inferLine, replay, type Seen } from "./replay";
import { transcript } from "./transcript";

const modelName = "cellpose-train";
const sample = (value: number) => [ndarray([[[value]]]).astype("float32"), [[[0]]], { steps: 1 }];

const header = ({ headers, body }: Seen) =>
  JSON.parse(body.subarray(0, Number(headers["inference-header-content-length"])).toString());
const flags = (seen: Seen) => {
  const { sequence_id, sequence_start, sequence_end } = header(seen).parameters;
  return [sequence_id, sequence_start, sequence_end];
};

/** A server that answers inferences as recorded, one title after the other, and the last for ever. */
async function train(...titles: string[]) {
  const server = await replay({
    [configLine(modelName)]: "config of a sequence model",
    [inferLine(modelName)](response) {
      const { status, headers, body } = transcript(
        titles.length > 1 ? String(titles.shift()) : titles[0],
      ).response;
      response.writeHead(status, headers).end(Buffer.from(body, "latin1"));
    },
  });
  const executor = new SequenceExecutor({
    serverUrl: server.url,
    modelName,
    sequenceId: 100,
    decodeJson: true,
  });
  return {
    serverUrl: server.url,
    executor,
    steps: () => server.seen.filter(({ line }) => line.startsWith("POST")),
  };
}

test("SequenceExecutor starts, goes on and ends", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: middle", "sequence: end");
  const first = await executor.step(sample(1), { selectOutputs: ["info"] });
  expect(first.info).toEqual([{ steps: 1, sum: 1, start: 1, end: 0, corrid: 100, shape: [1, 1, 1] }]);
  await executor.step(sample(2));
  const { model, info } = await executor.end({ inputs: sample(3) });
  expect(info[0].steps).toBe(3);
  expect(model).toEqual([Uint8Array.from([0, 255, 80, 75])]);
  expect(steps().map(flags)).toEqual([
    [100, true, false],
    [100, false, false],
    [100, false, true],
  ]);
});

test("SequenceExecutor.end() sends no sample twice", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: end without a sample");
  await executor.step(sample(4));
  expect((await executor.end()).model).toEqual([Uint8Array.from([0, 255, 80, 75])]);
  const last = steps()[1];
  expect(flags(last)).toEqual([100, false, true]);
  expect(header(last).inputs).toEqual([
    { name: "image", shape: [0, 0, 0], datatype: "FP32", parameters: { binary_data_size: 0 } },
    { name: "labels", shape: [0, 0, 0], datatype: "FP32", parameters: { binary_data_size: 0 } },
    { name: "param", shape: [1], datatype: "BYTES", parameters: { binary_data_size: 6 } },
  ]);
});

test("SequenceExecutor.end() needs a step or a sample", async () => {
  const { executor, steps } = await train("sequence: start and end in one");
  await expect(executor.end()).rejects.toThrow(
    "it has not started; call step(inputs) first, or end({ inputs })",
  );
  await executor.end({ inputs: sample(1) });
  expect(steps().map(flags)).toEqual([[100, true, true]]);
});

test("SequenceExecutor.end() says what to do if the model wants a sample", async () => {
  const { executor } = await train("sequence: start", "model raises");
  await executor.step(sample(1));
  await expect(executor.end()).rejects.toThrow(/boom[\s\S]*give it the last one: end\(\{ inputs \}\)/);
});

test("SequenceExecutor.step() starts anew after end()", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: end", "sequence: start");
  await executor.step(sample(1));
  await executor.end();
  await executor.step(sample(1));
  expect(steps().map(flags)[2]).toEqual([100, true, false]);
});

test("SequenceExecutor.step() starts again if the first step failed", async () => {
  const { executor, steps } = await train("model returns an error", "sequence: start", "sequence: middle");
  await expect(executor.step(sample(1))).rejects.toThrow("param asked to fail");
  await executor.step(sample(1));
  await executor.step(sample(2));
  expect(
    steps()
      .map(flags)
      .map(([, start]) => start),
  ).toEqual([true, true, false]);
});

test("SequenceExecutor.step() says that the server has forgotten the sequence, until reset()", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: after the end", "sequence: start");
  await executor.step(sample(1));
  await expect(executor.step(sample(2))).rejects.toThrow("call reset() and send all samples again");
  executor.reset();
  await executor.step(sample(1));
  expect(steps().map(flags)[2]).toEqual([100, true, false]);
});

test("SequenceExecutor.end() gives that advice alone if the server has forgotten the sequence", async () => {
  const { executor } = await train("sequence: start", "sequence: after the end");
  await executor.step(sample(1));
  const { message } = await executor.end().catch((error: Error) => error);
  expect(message).toMatch(/call reset\(\) and send all samples again$/);
});

test("SequenceExecutor.execute() runs a whole sequence, also of one sample", async () => {
  const { executor, steps } = await train(
    "sequence: start",
    "sequence: end",
    "sequence: start and end in one",
  );
  expect(await executor.execute([sample(1), sample(2)])).toHaveLength(2);
  expect(await executor.execute([sample(1)])).toHaveLength(1);
  expect(steps().map(flags)).toEqual([
    [100, true, false],
    [100, false, true],
    [100, true, true],
  ]);
  await expect(executor.execute([])).rejects.toThrow("samples must be an array of the inputs of each step");
});

test("SequenceExecutor.step() keeps the order of calls that do not wait", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: middle");
  await Promise.all([1, 2, 3].map((value) => executor.step(sample(value))));
  expect(
    steps()
      .map(flags)
      .map(([, start]) => start),
  ).toEqual([true, false, false]);
});

test("SequenceExecutor refuses what it cannot do", async () => {
  const make = (changed: object) => () =>
    new SequenceExecutor({ serverUrl: "http://a", modelName, sequenceId: 1, ...changed });
  expect(make({ sequenceId: 0 })).toThrow("sequenceId must be a whole number from 1 or a text, got 0");
  expect(make({ sequenceId: "" })).toThrow('got ""');
  expect(make({ sequence_id: 1 })).toThrow("got sequence_id; write { sequenceId: … }");
  expect(make({ serverUrl: "a" })).toThrow('write serverUrl: "https://a"');
  const { executor } = await train("sequence: start");
  expect(() => executor.end(sample(1) as object)).toThrow("write end({ inputs: [ … ] })");
  expect(() => executor.step(sample(1), { select_outputs: [] } as object)).toThrow(
    "write { selectOutputs: … }",
  );
});

test("SequenceExcutor is the Python package's spelling", () => {
  expect(SequenceExcutor).toBe(SequenceExecutor);
});

test("SequenceExecutor.execute() tells of each step, and runs one sample alone", async () => {
  const { executor, steps } = await train("sequence: start", "sequence: middle", "sequence: end");
  const told: number[] = [];
  const results = await executor.execute([sample(1), sample(2), sample(3)], {
    onStep: (index) => told.push(index),
  });
  expect(told).toEqual([0, 1, 2]);
  expect(results).toHaveLength(3);
  await executor.execute([sample(1)]);
  expect(flags(steps()[3])).toEqual([100, true, true]);
});

test("SequenceExecutor goes on with a sequence that runs already", async () => {
  const { serverUrl, steps } = await train("sequence: middle");
  const other = new SequenceExecutor({ serverUrl, modelName, sequenceId: 100, start: false });
  await other.step(sample(2));
  expect(flags(steps()[0])).toEqual([100, false, false]);
});
