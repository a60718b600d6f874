import { copyFileSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codexInstructions } from "@bioengine/codex";
import { type CallToolResult, Client, type Progress } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { imread, imwrite, matching, stack, TritonClient, zeros } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebooks, root } from "../laboratory";
import { type Running, start } from "../program";

// The command in a process of its own, and the client of the protocol's own library.

const bioengine = join(root, "packages/bioengine/bin/bioengine.js");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "bioengine-mcp-")));
const client = new Client({ name: "test", version: "1" });
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [bioengine, "mcp"],
  cwd: folder,
  env: { ...process.env, BIOENGINE_HOME: join(folder, "home") } as Record<string, string>,
});
let server: Running;

beforeAll(async () => {
  for (const file of ["img2d.tif", "mask2d.tif"])
    copyFileSync(join(notebooks, "data", file), join(folder, file));
  const args = [
    bioengine,
    "serve",
    "--port",
    "0",
    "--model-repository",
    mkdtempSync(join(tmpdir(), "bioengine-models-")),
  ];
  [server] = await Promise.all([
    start(process.execPath, args, /ready at (http:\S+) with/),
    client.connect(transport),
  ]);
});

afterAll(async () => {
  await client.close();
  await server.end();
});

const call = async (
  name: string,
  parameters: Record<string, unknown>,
  options = {},
): Promise<CallToolResult> => await client.callTool({ name, arguments: parameters }, options);

const textOf = ({ content }: CallToolResult): string =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

const f1 = async (file: string): Promise<number> =>
  matching(await imread(join(folder, "mask2d.tif")), await imread(join(folder, file)), { threshold: 0.5 }).f1;

test("the server tells what it is, and its tools with their parameters", async () => {
  expect(client.getInstructions()).toContain(`relative paths are resolved from ${folder}`);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["segment", "measure", "list_models"]);
  const parameters = tools.map(({ inputSchema: { properties, required } }) => [
    required ?? [],
    Object.keys(properties ?? {}),
  ]);
  expect(parameters).toEqual([
    [["imagePath"], ["imagePath", "modelName", "parameters", "serverUrl", "maskPath", "stitchThreshold"]],
    [["maskPath"], ["maskPath", "imagePath", "properties", "spacing", "csvPath"]],
    [[], ["serverUrl"]],
  ]);
});

test("the instructions are a resource and a prompt", async () => {
  const { contents } = await client.readResource({ uri: "bioengine://instructions" });
  expect(contents).toEqual([
    { uri: "bioengine://instructions", mimeType: "text/markdown", text: codexInstructions() },
  ]);
  const prompt = await client.getPrompt({ name: "notebook_cell", arguments: { task: "count the nuclei" } });
  expect(JSON.stringify(prompt.messages[0])).toContain("## Task\\n\\ncount the nuclei");
});

test("segment finds the nuclei of the sample image with cellpose, and tells how far it is", async () => {
  const told: Progress[] = [];
  const parameters = { imagePath: "img2d.tif", parameters: { diameter: 25 } };
  const result = await call("segment", parameters, {
    onprogress: (progress: Progress) => told.push(progress),
  });
  const path = join(folder, "img2d-cellpose-python-mask.tif");
  expect(textOf(result)).toMatch(/^Mask \[512, 512\] uint16: 1\d\d objects/);
  expect(textOf(result)).toContain(
    `Mask written to ${path}\nMade by cellpose-python on the embedded engine in`,
  );
  expect(await f1("img2d-cellpose-python-mask.tif")).toBeGreaterThan(0.9);
  expect(told.map(({ message }) => message)).toEqual(
    expect.arrayContaining(["reading the image", "running cellpose-python", "writing the mask"]),
  );
  const steps = told.map(({ progress }) => progress);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(told.every(({ total }) => total === 5)).toBe(true);
});

test("segment runs stardist on a server, writes where it is told, and its answer is small", async () => {
  const serverUrl = server.match[1];
  const parameters = {
    imagePath: join(folder, "img2d.tif"),
    modelName: "stardist",
    maskPath: "made/nuclei.tif",
  };
  const result = await call("segment", { ...parameters, serverUrl });
  expect(textOf(result)).toContain(`Mask written to ${join(folder, "made/nuclei.tif")}`);
  expect(textOf(result)).toContain(`Made by stardist on ${serverUrl}`);
  expect(await f1("made/nuclei.tif")).toBeGreaterThan(0.9);
  const picture = result.content.find((part) => part.type === "image");
  const bytes = Buffer.from(picture?.type === "image" ? picture.data : "", "base64");
  expect(bytes.length).toBeGreaterThan(5_000);
  expect(bytes.length).toBeLessThanOrEqual(50_000);
  expect(JSON.stringify(result).length).toBeLessThan(70_000);
});

test("segment takes a stack, and shows its middle plane", async () => {
  const image = await imread(join(folder, "img2d.tif"));
  await imwrite(join(folder, "stack.tif"), stack([image, image, image]));
  const result = await call("segment", {
    imagePath: "stack.tif",
    modelName: "stardist",
    stitchThreshold: 0.25,
  });
  expect(textOf(result)).toMatch(/^Mask \[3, 512, 512\] int32: 1\d\d objects .*3 planes/);
  expect((await imread(join(folder, "stack-stardist-mask.tif"))).shape).toEqual([3, 512, 512]);
  expect(result.content[1]?.type).toBe("image");
});

test("measure gives a digest and the first rows, and writes the others", async () => {
  const properties = ["label", "area", "centroid", "intensity_mean"];
  const parameters = { maskPath: "mask2d.tif", imagePath: "img2d.tif", properties, csvPath: "objects.csv" };
  const text = textOf(await call("measure", parameters));
  expect(text).toMatch(/^Table: 125 rows × 5 columns\n/);
  const [, count, rows = ""] = text.match(/The first (\d+) of 125 rows:\n([\s\S]*?)\n\n/) ?? [];
  expect(rows.split("\n")).toHaveLength(Number(count) + 1);
  expect(text.length).toBeLessThan(5000);
  const csv = readFileSync(join(folder, "objects.csv"), "utf8");
  expect(csv.replaceAll("\r", "")).toMatch(/^label,area,centroid-0,centroid-1,intensity_mean\n/);
  expect(csv.trim().split("\n")).toHaveLength(126);
  const exact = csv
    .replaceAll("\r", "")
    .split("\n")
    .slice(0, Number(count) + 1);
  // Six digits of each number of the file, which has all of them.
  expect(rows.split("\n").map((row) => row.split(",").map((cell) => Number(cell) || cell))).toEqual(
    exact.map((row) => row.split(",").map((cell) => Number(Number(cell).toPrecision(6)) || cell)),
  );
  expect(rows).not.toMatch(/\d{3}\.\d{4}/);
  expect(text).not.toContain("Warning");
});

test("measure warns of an image in the place of the mask", async () => {
  const text = textOf(await call("measure", { maskPath: "img2d.tif", properties: ["label", "area"] }));
  expect(text).toMatch(
    /^Warning: this looks like an image, not a mask: \d+ parts of \d\.\d pixels on average/,
  );
});

test("list_models tells the inputs and outputs of an engine's and of a server's models", async () => {
  const text = textOf(await call("list_models", {}));
  expect(text).toMatch(/\nstardist: image UINT16 \[-1, -1\].* → mask UINT16 \[-1, -1\].*; segments roundish/);
  const served = textOf(await call("list_models", { serverUrl: server.match[1] }));
  expect(served.replace(/^.*/, "")).toBe(text.replace(/^.*/, ""));
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["segment", { imagePath: "nowhere.tif" }, /^Cannot read .*nowhere\.tif/],
  [
    "segment",
    { imagePath: "img2d.tif", modelName: "cellpouse" },
    /'cellpouse' is not found; it serves .*"cellpose-python"/,
  ],
  ["segment", { imagePath: "img2d.tif", modelName: "stardist", parameters: { diametre: 3 } }, /diametre/],
  [
    "segment",
    { imagePath: "img2d.tif", serverUrl: "http://127.0.0.1:9" },
    /^Cannot .*http:\/\/127\.0\.0\.1:9/,
  ],
  ["segment", { path: "img2d.tif" }, /imagePath.*path|path.*imagePath/s],
  ["measure", { maskPath: "mask2d.tif", properties: ["aera"] }, /aera.*area/],
  ["list_models", { serverUrl: "http://127.0.0.1:9" }, /^Cannot /],
])("%s %j is an answer that says what is wrong", async (name, parameters, words) => {
  const result = await call(name, parameters);
  expect(result.isError).toBe(true);
  expect(textOf(result)).toMatch(words);
  // And the server lives on.
  expect((await client.listTools()).tools).toHaveLength(3);
});

test("a call that is cancelled ends on the server too, and writes nothing", async () => {
  const serverUrl = server.match[1] ?? "";
  const triton = new TritonClient({ serverUrl });
  const count = async () => {
    const { model_stats: models } = await triton.getInferenceStatistics("cellpose-python");
    return JSON.stringify(models).match(/"inference_count":(\d+)/)?.[1];
  };
  const before = Number(await count());
  await imwrite(join(folder, "large.tif"), zeros([6000, 6000], "uint16"));
  const cancel = new AbortController();
  const running = call(
    "segment",
    { imagePath: "large.tif", parameters: { diameter: 17 }, serverUrl },
    {
      signal: cancel.signal,
      onprogress: ({ message }: Progress) =>
        message === "the model runs" && cancel.abort(new Error("no more")),
    },
  );
  await expect(running).rejects.toThrow();
  // The engine takes the next image, and has not finished the large one meanwhile.
  const { isError = false } = await call("segment", { imagePath: "img2d.tif", serverUrl });
  expect(isError).toBe(false);
  expect(Number(await count())).toBe(before + 1);
  expect(readdirSync(folder)).not.toContain("large-cellpose-python-mask.tif");
});

test("a client of the protocol's newest revision is served too", async () => {
  const newest = new Client({ name: "newest", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await newest.connect(
    new StdioClientTransport({ command: process.execPath, args: [bioengine, "mcp"], cwd: folder }),
  );
  expect(newest.getProtocolEra()).toBe("modern");
  const result = await newest.callTool({ name: "measure", arguments: { maskPath: "mask2d.tif" } });
  expect(textOf(result)).toContain("Table: 125 rows");
  await newest.close();
});

test("the command ends when the client closes its input", async () => {
  const { pid } = transport;
  expect(pid).toBeTypeOf("number");
  await client.close();
  const isGone = () => {
    try {
      process.kill(pid ?? 0, 0);
      return false;
    } catch {
      return true;
    }
  };
  await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
});
