import { execute, zeros } from "bioengine";
import { expect, test } from "vitest";
import { withTriton } from "./withtriton";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

withTriton("text", ["identity-bytes", "bytes-matrix", "cellpose-python", "stardist"], (triton) => {
  const echo = async (input: unknown, options: { decodeJson?: boolean; decodeBytes?: boolean } = {}) =>
    (await execute({ inputs: [input], serverUrl: triton.url, modelName: "identity-bytes", ...options })).o;

  test("execute() keeps every byte of byte strings: no UTF-8, zeros at the end, none at all", async () => {
    const strings = [bytes(255, 254, 0, 128), bytes(97, 0, 0), bytes(), bytes(0), ascii("µm \u{1f52c}")];
    expect(await echo(strings)).toEqual(strings);
  });

  test("execute() keeps a byte string of a mebibyte", async () => {
    const long = Uint8Array.from({ length: 2 ** 20 }, (_, index) => index % 251);
    const [answer] = await echo([long]);
    expect(Buffer.compare(answer, long)).toBe(0);
  });

  test("execute() sends no byte strings and gets none", async () => {
    expect(await echo([])).toEqual([]);
  });

  test("execute() sends strings as UTF-8 and reads them with decodeBytes", async () => {
    const strings = ["", "nucleus", "Zellkern 5 µm", "核 \u{1f52c}", "a\0"];
    expect(await echo(strings, { decodeBytes: true })).toEqual(strings);
    expect(await echo("one", { decodeBytes: true })).toEqual(["one"]);
  });

  test("execute() leaves bytes that are no UTF-8 bytes with decodeBytes", async () => {
    expect(await echo([bytes(255), ascii("a")], { decodeBytes: true })).toEqual([bytes(255), "a"]);
  });

  test("execute() sends an object as one JSON element and reads it with decodeJson", async () => {
    const parameters = { diameter: 24.5, channels: [0, 1], name: "µ", none: null, deep: { on: true } };
    expect(await echo(parameters, { decodeJson: true })).toEqual([parameters]);
    expect(await echo(["{", "[1, 2]", "3"], { decodeJson: true })).toEqual(["{", [1, 2], 3]);
  });

  test("execute() keeps the rows of a matrix of strings", async () => {
    const rows = [
      ["a", "b", ""],
      ["c", "d\0", "é"],
    ];
    const { y } = await execute({
      inputs: [rows],
      serverUrl: triton.url,
      modelName: "bytes-matrix",
      decodeBytes: true,
    });
    expect(y).toEqual(rows);
  });

  test("execute() may leave out an optional input", async () => {
    const image = zeros([1, 2, 2], "float32");
    const options = { serverUrl: triton.url, modelName: "cellpose-python", decodeJson: true };
    for (const inputs of [[image], [image, undefined], { image }]) {
      const { info, mask } = await execute({ ...options, inputs });
      expect(info).toEqual([{ n: 0, param: {}, request_id: "" }]);
      expect([mask.dtype, mask.shape, mask.role]).toEqual(["uint16", [1, 2, 2], "labels"]);
    }
  });

  test("execute() numbers objects with the model and gets parameters and request id back", async () => {
    const image = zeros([2, 2], "uint16");
    image.set(7, 0, 1);
    image.set(9, 1, 1);
    const results = await execute({
      inputs: [image, { diameter: 30 }],
      serverUrl: triton.url,
      modelName: "stardist",
      requestId: "call-1",
      decodeJson: true,
    });
    expect(results.mask.toArray()).toEqual([
      [0, 1],
      [0, 2],
    ]);
    expect(results.info).toEqual([{ n: 2, param: { diameter: 30 }, request_id: "call-1" }]);
    expect(results.__info__).toMatchObject({ id: "call-1", modelName: "stardist", modelVersion: "1" });
    expect(results.__info__.serverUrl).toBe(triton.url);
  });

  test("execute() gets only the outputs in selectOutputs", async () => {
    const inputs = [zeros([2, 2], "uint16"), {}];
    const options = { inputs, serverUrl: triton.url, modelName: "stardist" };
    const only = await execute({ ...options, selectOutputs: ["mask"] });
    expect(Object.keys(only).sort()).toEqual(["__info__", "mask"]);
    const both = await execute({ ...options, selectOutputs: ["info", "mask"] });
    expect(Object.keys(both).sort()).toEqual(["__info__", "info", "mask"]);
  });
});
