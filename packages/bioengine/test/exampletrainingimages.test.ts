import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ConnectionError, HttpError } from "@bioengine/triton";
import { expect, onTestFinished, test, vi } from "vitest";
import { getExampleTrainingImages, trainingImages } from "../src/exampletrainingimages";
import { drawMembranes } from "../src/membranes/membranes";

/** What Python pickled: two samples [6, 5, 3] float32 and [6, 5, 1] uint16, with an info. */
const fixture: { read: { title: string; pickles: Record<string, string>; value: { items: Described[] } }[] } =
  JSON.parse(
    gunzipSync(readFileSync(join(__dirname, "../../imageio/test/fixtures/pickles.json.gz"))).toString(),
  );
type Described = { items: { data: string[] }[] };
const pickled = fixture.read.find(({ title }) => title === "samples")!;
const file = Buffer.from(pickled.pickles[4]!, "base64");
const half = file.length >> 1;
const sum = createHash("sha256").update(file).digest("hex");

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers its requests, until the test ends, each in its own way, all further ones in the last. */
async function serve(...answers: Answer[]) {
  const asked: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/samples.pkl`, asked, close };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bioengine-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const whole: Answer = (_, response) => {
  response.writeHead(200, { "content-length": file.length, etag: '"one"' }).end(file);
};

/** The first half, and then the connection's end, or nothing at all. */
const firstHalf =
  (after: "cut" | "wait", etag = '"one"'): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-length": file.length, etag });
    response.write(file.subarray(0, half), () => {
      // The end of a connection drops what is on its way, and a busy machine is slow to read it.
      if (after === "cut") setTimeout(() => response.destroy(), 500);
    });
  };

/** The rest that is asked for, as servers with ranges give it: the whole, if the file is another by now. */
const ranged: Answer = (request, response) => {
  const start = Number(request.headers.range?.match(/^bytes=(\d+)-$/)?.[1]);
  const condition = request.headers["if-range"];
  if (Number.isNaN(start) || (condition !== undefined && condition !== '"one"')) {
    whole(request, response);
  } else if (start >= file.length) {
    response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
  } else {
    const range = `bytes ${start}-${file.length - 1}/${file.length}`;
    response.writeHead(206, { "content-range": range, "content-length": file.length - start });
    response.end(file.subarray(start));
  }
};

const status =
  (code: number): Answer =>
  (_, response) => {
    response.writeHead(code).end("no");
  };

/** The name that the samples have in the cache. */
const nameIn = (folder: string, ending = ".pkl"): string =>
  readdirSync(folder).find((name) => name.startsWith("samples-") && name.endsWith(ending))!;

const expectSamples = (samples: Awaited<ReturnType<typeof getExampleTrainingImages>>) => {
  expect(samples).toHaveLength(2);
  for (const [index, [image, labels]] of samples.entries()) {
    const [imageData, labelData] = pickled.value.items[index]!.items.map(({ data }) => data);
    expect([image.dtype, image.shape]).toEqual(["float32", [6, 5, 3]]);
    expect([labels.dtype, labels.shape, labels.role]).toEqual(["uint16", [6, 5], "labels"]);
    expect(Array.from(image.data as Float32Array)).toEqual(imageData!.map(Number));
    expect(Array.from(labels.data as Uint16Array)).toEqual(labelData!.map(Number));
  }
};

test("getExampleTrainingImages() downloads the samples, tells how far it is, and leaves one file", async () => {
  const { url, asked } = await serve(whole);
  const cacheDir = join(temporaryFolder(), "new", "folder");
  const told: unknown[] = [];
  const onProgress = (...progress: unknown[]) => told.push(progress);
  expectSamples(await getExampleTrainingImages({ url, cacheDir, sha256: sum.toUpperCase(), onProgress }));
  expect(told.at(-1)).toEqual([file.length, file.length]);
  expect(readdirSync(cacheDir)).toEqual([expect.stringMatching(/^samples-[0-9a-f]{8}\.pkl$/)]);
  expect(asked[0]).not.toHaveProperty("range");
});

test("getExampleTrainingImages() takes the cached file, without a server", async () => {
  const { url, asked, close } = await serve(whole);
  const cacheDir = temporaryFolder();
  await getExampleTrainingImages({ url, cacheDir });
  await close();
  expectSamples(await getExampleTrainingImages({ url, cacheDir, sha256: sum }));
  expect(asked).toHaveLength(1);
});

test("getExampleTrainingImages() takes nothing cached from another URL with the same name", async () => {
  const [first, second] = [await serve(whole), await serve(status(404))];
  const cacheDir = temporaryFolder();
  await getExampleTrainingImages({ url: first.url, cacheDir });
  await expect(getExampleTrainingImages({ url: second.url, cacheDir })).rejects.toThrow(HttpError);
});

test("getExampleTrainingImages() resumes where a connection broke", async () => {
  const { url, asked } = await serve(firstHalf("cut"), ranged);
  const cacheDir = temporaryFolder();
  await expect(getExampleTrainingImages({ url, cacheDir })).rejects.toThrow(
    /Cannot get the training images: all of .* must arrive.*the next call resumes there/,
  );
  expect(readFileSync(join(cacheDir, nameIn(cacheDir, ".part")))).toEqual(file.subarray(0, half));
  const told: number[] = [];
  const onProgress = (loaded: number) => told.push(loaded);
  expectSamples(await getExampleTrainingImages({ url, cacheDir, onProgress }));
  expect(asked[1]).toMatchObject({ range: `bytes=${half}-`, "if-range": '"one"' });
  expect(told[0]).toBeGreaterThan(half);
  expect(readdirSync(cacheDir)).toHaveLength(1);
});

test("getExampleTrainingImages() starts over where the file is another by now", async () => {
  const { url, asked } = await serve(firstHalf("cut", '"other"'), ranged);
  const cacheDir = temporaryFolder();
  await expect(getExampleTrainingImages({ url, cacheDir })).rejects.toThrow("the next call resumes there");
  expectSamples(await getExampleTrainingImages({ url, cacheDir }));
  expect(asked[1]).toMatchObject({ "if-range": '"other"' });
});

test("getExampleTrainingImages() resumes without a condition where the server had no strong ETag", async () => {
  const { url, asked } = await serve(firstHalf("cut", 'W/"one"'), ranged);
  const cacheDir = temporaryFolder();
  await expect(getExampleTrainingImages({ url, cacheDir })).rejects.toThrow("the next call resumes there");
  expectSamples(await getExampleTrainingImages({ url, cacheDir }));
  expect(asked[1]).toMatchObject({ range: `bytes=${half}-` });
  expect(asked[1]).not.toHaveProperty("if-range");
});

test("getExampleTrainingImages() starts over if the server has no such range, or gives another", async () => {
  const shifted: Answer = (_, response) => {
    response.writeHead(206, { "content-range": `bytes 1-${file.length - 1}/${file.length}` });
    response.end(file.subarray(1));
  };
  for (const answer of [status(416), shifted]) {
    const { url, asked } = await serve(firstHalf("cut"), answer, ranged);
    const cacheDir = temporaryFolder();
    await expect(getExampleTrainingImages({ url, cacheDir })).rejects.toThrow("the next call resumes there");
    expectSamples(await getExampleTrainingImages({ url, cacheDir }));
    expect(asked.map(({ range }) => range)).toEqual([undefined, `bytes=${half}-`, undefined]);
  }
});

test("getExampleTrainingImages() deletes a file with another sha256, and names both", async () => {
  const { url } = await serve(whole);
  const cacheDir = temporaryFolder();
  const wrong = "0".repeat(64);
  const refused = expect(getExampleTrainingImages({ url, cacheDir, sha256: wrong })).rejects;
  await refused.toThrow(`must be ${wrong}, got ${sum}; the file is deleted`);
  expect(readdirSync(cacheDir)).toEqual([]);
});

test("getExampleTrainingImages() is aborted, keeps what has arrived, and resumes", async () => {
  const { url, asked } = await serve(firstHalf("wait"), ranged);
  const cacheDir = temporaryFolder();
  const controller = new AbortController();
  const { signal } = controller;
  const onProgress = (loaded: number) => {
    if (loaded === half) controller.abort();
  };
  const aborted = getExampleTrainingImages({ url, cacheDir, signal, onProgress });
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  await expect(getExampleTrainingImages({ url, cacheDir, signal })).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(asked).toHaveLength(1);
  expectSamples(await getExampleTrainingImages({ url, cacheDir }));
  expect(asked[1]).toMatchObject({ range: `bytes=${half}-` });
});

test("getExampleTrainingImages() downloads at the same time without a mix", async () => {
  const slowly: Answer = (_, response) => {
    response.writeHead(200, { "content-length": file.length });
    response.write(file.subarray(0, half));
    setTimeout(() => response.end(file.subarray(half)), 50);
  };
  const { url } = await serve(slowly);
  const cacheDir = temporaryFolder();
  const all = await Promise.all([1, 2, 3].map(() => getExampleTrainingImages({ url, cacheDir })));
  for (const samples of all) expectSamples(samples);
  expect(readdirSync(cacheDir)).toHaveLength(1);
});

test("getExampleTrainingImages() leaves alone what another process loads, and resumes what an ended one left", async () => {
  // No process has a number beyond 2^22.
  for (const [holder, isFree] of [
    [`${process.ppid} ${hostname()}`, false],
    [`1 elsewhere-${hostname()}`, false],
    [`99999999 ${hostname()}`, true],
  ] as const) {
    const { url, asked } = await serve(firstHalf("cut"), ranged);
    const cacheDir = temporaryFolder();
    await expect(getExampleTrainingImages({ url, cacheDir })).rejects.toThrow("the next call resumes there");
    const part = nameIn(cacheDir, ".part");
    writeFileSync(join(cacheDir, part.replace(/\.part$/, ".lock")), holder);
    expectSamples(await getExampleTrainingImages({ url, cacheDir }));
    expect(asked[1]?.range).toBe(isFree ? `bytes=${half}-` : undefined);
    expect(readdirSync(cacheDir).includes(part)).toBe(!isFree);
  }
});

test("getExampleTrainingImages() says that a given URL can't be had", async () => {
  const { url, close } = await serve(status(404));
  const cacheDir = temporaryFolder();
  const missing = getExampleTrainingImages({ url, cacheDir });
  await expect(missing).rejects.toThrow(/^Cannot get the training images: GET .* got 404 Not Found$/);
  await expect(missing).rejects.toMatchObject({ name: "HttpError", status: 404 });
  await close();
  const unreachable = getExampleTrainingImages({ url, cacheDir });
  await expect(unreachable).rejects.toThrow(
    /^Cannot get the training images: .* must be reachable, got .*ECONNREFUSED/,
  );
  await expect(unreachable).rejects.toThrow(ConnectionError);
  expect(readdirSync(cacheDir)).toEqual([]);
});

test("getExampleTrainingImages() refuses a file that is no list of samples, and runs nothing of it", async () => {
  const answer = (content: string): Answer => {
    const bytes = Buffer.from(content, "latin1");
    return (_, response) => void response.end(bytes);
  };
  for (const [content, message] of [
    ["\x80\x02cos\nsystem\nX\x06\x00\x00\x00exit 3\x85R.", "got os.system"],
    ["not a pickle", "must be a pickle of images and labels"],
    ["", "must be a pickle of images and labels"],
    ["\x80\x02}.", "it must be a list of samples"],
    ["\x80\x02].", "it must be a list of samples"],
    ["\x80\x02]K\x01a.", "each image must be [y, x, 3], got no array"],
  ] as const) {
    const { url } = await serve(answer(content));
    const read = getExampleTrainingImages({ url, cacheDir: temporaryFolder() });
    await expect(read).rejects.toThrow(message);
    await expect(read).rejects.toThrow("delete it to download it again");
  }
});

test("getExampleTrainingImages() refuses a url or a sha256 that is none", async () => {
  const none = (options: object) => expect(getExampleTrainingImages(options)).rejects;
  await none({ url: "samples.pkl" }).toThrow("url must begin with http and end in .pkl, got samples.pkl");
  await none({ url: "ftp://example.org/samples.pkl" }).toThrow(RangeError);
  await none({ url: "http://example.org/samples.zip" }).toThrow("end in .pkl");
  await none({ url: "http://example.org/.pkl" }).toThrow("end in .pkl");
  await none({ sha256: "abc" }).toThrow("sha256 must be 64 hexadecimal digits, got abc");
});

test("trainingImages() gives drawn ones, and one line that says so, where the URL can't be had", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  onTestFinished(() => warn.mockRestore());
  const late = await serve(() => {});
  const missing = await serve(status(503));
  const gone = await serve(whole);
  await gone.close();
  for (const { url } of [late, missing, gone]) {
    warn.mockClear();
    const fallback = { instead: () => drawMembranes({ count: 1, size: 64 }), headMs: 200 };
    const [[image, labels] = []] = await trainingImages(url, { cacheDir: temporaryFolder() }, fallback);
    expect([image?.shape, labels?.shape]).toEqual([
      [64, 64, 3],
      [64, 64],
    ]);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^Drawn images of membranes stand in for the examples\. Cannot get the training images: /,
        ),
      ],
    ]);
  }
});

test("trainingImages() gives no drawn ones for a file that broke off, or holds something else", async () => {
  const instead = () => drawMembranes({ count: 1, size: 64 });
  const broken = await serve(firstHalf("cut"));
  const cacheDir = temporaryFolder();
  await expect(trainingImages(broken.url, { cacheDir }, { instead })).rejects.toThrow("resumes there");
  const other = await serve((_, response) => void response.end("something else"));
  await expect(trainingImages(other.url, { cacheDir }, { instead })).rejects.toThrow("must be a pickle");
});
