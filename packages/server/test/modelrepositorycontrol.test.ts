import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ask, json } from "./client";
import { folderOf, write } from "./modelrepositoryfolder";
import { identity } from "./onnxfile";
import { build, main, start } from "./program";

// What was asked of a real Triton with models in Python, asked of this server with models in ONNX.

interface Recorded {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: string;
  /** Of the model `plain`, in place of a request. */
  readonly index?: readonly object[];
}

const { configs, control } = JSON.parse(
  readFileSync(join(__dirname, "fixtures/modelrepository.json"), "utf8"),
) as {
  configs: readonly { name: string; text: string; versions: readonly number[] }[];
  control: readonly Recorded[];
};

/** Where this server says more, or other, than Triton. */
const deviations: Record<string, RegExp> = {
  "load of a broken config":
    /^failed to load 'plain', failed to poll from model repository: config.pbtxt, line 1: /,
  "load of a broken model":
    /^load failed for model 'plain': version 10 is at UNAVAILABLE state: 10\/model.onnx: /,
  "load of a model that never worked": /^load failed for model 'broken': version 1 is at UNAVAILABLE state: /,
  "inference of a model that never worked":
    /^Request for unknown model: 'broken' has no available versions: /,
  "metadata of a model that never worked": /^Request for unknown model: 'broken' has no available versions: /,
  // Triton doesn't know it.
  "metadata of a model with a broken config":
    /^Request for unknown model: 'unclosed' has no available versions: /,
  "server ready after unload": /^a model could not be loaded/,
};
/** Triton reads a batch of none as one of one. */
const other = new Set(["batch of none"]);

beforeAll(build, 240_000);

const asOnnx = (text: string): string =>
  text
    .replaceAll('"platform":"python"', '"platform":"onnxruntime_onnx"')
    .replaceAll('"platform":"","backend":"python"', '"platform":"onnxruntime_onnx","backend":"onnxruntime"')
    .replaceAll("model.py", "model.onnx")
    .replaceAll('"enable":true', '"enable":false');

/** Statistics are compared by their names and versions. */
const comparable = (text: string): string => text.replace(/"(ns|last_inference)":\d+/g, '"$1":0');

test("startServer() answers load, unload and requests of versions as a real Triton", async () => {
  const used = ["plain", "all", "latest", "specific", "dynamic", "broken", "unclosed"];
  const folder = folderOf({});
  for (const { name, text, versions } of configs.filter(({ name }) => used.includes(name))) {
    const axes = name === "dynamic" ? ["n", "m"] : ["n"];
    const file = name === "broken" ? "broken" : identity([{ name: "x", type: 1, shape: axes }]);
    for (const version of versions) write(folder, { [`${name}/${version}/model.onnx`]: file });
    write(folder, { [`${name}/config.pbtxt`]: text.replace('"python"', '"onnxruntime"') });
  }
  const config = readFileSync(join(folder, "plain/config.pbtxt"));
  const { url } = await start("ipc", [main, "--port", "0", "--model-repository", folder]);
  const change: Record<string, () => void> = {
    "load of a broken config": () => write(folder, { "plain/config.pbtxt": "nonsense" }),
    "load of a broken model": () =>
      write(folder, { "plain/config.pbtxt": config, "plain/10/model.onnx": "broken" }),
  };
  for (const { title, method, path, body, status, answer, index } of control) {
    change[title]?.();
    if (index !== undefined) {
      const plain = async () => {
        const all = await ask(`${url}/v2/repository/index`, { method: "POST" });
        return JSON.parse(all.body.toString()).filter(({ name }: { name: string }) => name === "plain");
      };
      await expect.poll(plain, title).toEqual(index);
      continue;
    }
    if (other.has(title)) continue;
    const sent = body === null ? undefined : json(body);
    const got = await ask(url + path, { method, body: sent });
    const text = got.body.toString();
    const deviation = deviations[title];
    if (deviation === undefined) {
      expect([title, got.status, comparable(text)]).toEqual([title, status, comparable(asOnnx(answer))]);
    } else
      expect([title, got.status, JSON.parse(text).error]).toEqual([
        title,
        status,
        expect.stringMatching(deviation),
      ]);
  }
});
