import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type HttpError, TritonClient } from "@bioengine/triton";
import { beforeAll, expect, test } from "vitest";
import { ask, errorOf, json } from "../client";
import { folderOf } from "../modelrepositoryfolder";
import { build } from "../program";
import { digestsIn, discs, serveTrainings, trainer } from "./trainer";

beforeAll(build, 240_000);

test("modelIdOf() takes numbers and names, which name the model's folder", async () => {
  const folder = folderOf({});
  const { url } = await serveTrainings(folder);
  const ids = [102, 2 ** 53 - 1, "Zellen_3.1", "_", "my-model"];
  for (const id of ids) {
    const info = await trainer(url, id).step(discs());
    expect(info).toMatchObject({ model_id: String(id), model_files: [`cellpose-${id}.onnx`] });
  }
  expect(readdirSync(folder)).toEqual(ids.map(String).sort());
});

/** What a training of an id is refused with, and what is then in the folder of the repository. */
async function refused(ids: readonly string[]): Promise<string[]> {
  // A folder in a folder, to see what is written beside it.
  const place = folderOf({ "repository/.keep": "" });
  const { url } = await serveTrainings(join(place, "repository"));
  const before = digestsIn(place);
  const messages: string[] = [];
  for (const id of ids) {
    const error = await trainer(url, id)
      .step(discs())
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ status: 400 });
    messages.push((error as HttpError).serverMessage);
  }
  expect(digestsIn(place)).toEqual(before);
  return messages;
}

test("modelIdOf() refuses what leads elsewhere, or is no name of a folder everywhere", async () => {
  const ids = [
    "../x",
    "a/b",
    "a\\b",
    "..",
    ".hidden",
    "-x",
    "end.",
    "a b",
    "a:b",
    "zellen-µ",
    "x".repeat(101),
  ];
  expect(await refused(ids)).toEqual(
    ids.map(
      (id) =>
        `Cannot run cellpose-train: the model's id must be a whole number above 0, or letters, digits, underscores, dots and dashes, got ${id}`,
    ),
  );
});

test("modelIdOf() refuses the ids of the server's own models", async () => {
  const ids = ["cellpose-python", "stardist", "cellpose-train", "stardist-predict"];
  expect(await refused(ids)).toEqual(
    ids.map(
      (id) =>
        `Cannot run cellpose-train: the model's id must not be that of the server's own models, got ${id}`,
    ),
  );
});

test("a training must have an id", async () => {
  const { url } = await serveTrainings(folderOf({}));
  for (const sequence_id of ["", 0]) {
    const inputs = [
      { name: "image", shape: [1, 1, 3], datatype: "FP32", data: [1, 2, 3] },
      { name: "labels", shape: [1, 1, 1], datatype: "UINT16", data: [1] },
    ];
    const answer = await ask(`${url}/v2/models/cellpose-train/infer`, {
      method: "POST",
      body: json({ inputs, parameters: { sequence_id, sequence_start: true } }),
    });
    expect([answer.status, errorOf(answer)]).toEqual([
      400,
      "inference request to model 'cellpose-train' must specify a non-zero or non-empty correlation ID",
    ]);
  }
});

test("a model whose id ends as a zip file's name is one model of the repository, before and after a restart", async () => {
  const folder = folderOf({});
  const first = await serveTrainings(folder);
  await trainer(first.url, "cells.zip").end(discs());
  for (const { url } of [first, await serveTrainings(folder)]) {
    const index = (await new TritonClient({ serverUrl: url }).getModelRepositoryIndex()) as {
      name: string;
    }[];
    expect(index.filter(({ name }) => name.startsWith("cells"))).toEqual([
      { name: "cells.zip", version: "1", state: "READY" },
    ]);
  }
});
