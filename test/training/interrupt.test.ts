import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Received, textOf } from "../../kernel-ext/test/client";
import { type RunningKernel, startKernel } from "../../kernel-ext/test/kernelprocess";
import { python, root } from "../laboratory";
import { finish } from "../program";
import { tslabKernel } from "../tslabkernel";

const home = mkdtempSync(join(tmpdir(), "bioengine-home-"));
let kernel: RunningKernel;
beforeAll(async () => {
  kernel = await startKernel({ BIOENGINE_HOME: home });
  const { reply } = await kernel.client.execute(setUp);
  expect(reply.status).toBe("ok");
  // Starts the engine, too.
  await kernel.client.execute(`await ${trainCell("warm", 1)};`, {}, 60_000);
});
afterAll(async () => {
  await kernel.stop();
  rmSync(home, { recursive: true, force: true });
});

const setUp = `import { drawMembranes, execute, train } from "bioengine";
const samples = drawMembranes({ count: 2, size: 64 });`;
const trainCell = (modelId: string, epochs: number): string =>
  `train("${modelId}", samples, { epochs: ${epochs}, steps: 1, outputDir: ${JSON.stringify(home)} })`;
const serveCell = (modelId: string): string => `
const { shape } = (await execute({
  inputs: [samples[0][0].transpose([2, 0, 1]), {}],
  modelName: "${modelId}",
})).mask;
console.log("mask", shape.join());`;

/** Not each epoch has a picture: there are five a second at most. */
const laterEpoch = /: epoch (?!1 )\d+ of 5000/;

const isPicture = ({ type }: Received): boolean => /^(update_)?display_data$/.test(type);

/** What is shown from now on: pictures that follow each other in one place. */
function watchPictures() {
  const { received } = kernel.client;
  const start = received.length;
  const pictures = () => received.slice(start).filter(isPicture);
  const texts = () => pictures().map(({ content }): string => content.data["text/plain"]);
  const until = (text: RegExp) =>
    kernel.client.until(
      () => texts().some((shown) => text.test(shown)),
      60_000,
      () => `no picture says ${text}: ${JSON.stringify(texts())}`,
    );
  return { pictures, texts, until };
}

test("train() shows one picture that is updated in its place, and ends as a chart for every front end", async () => {
  const { pictures } = watchPictures();
  const { reply } = await kernel.client.execute(`await ${trainCell("shown", 8)};`, {}, 60_000);
  expect(reply.status).toBe("ok");
  const shown = pictures();
  expect(shown.length).toBeGreaterThanOrEqual(3);
  expect(shown.map(({ type }) => type)).toEqual([
    "display_data",
    ...Array(shown.length - 1).fill("update_display_data"),
  ]);
  expect(new Set(shown.map(({ content }) => content.transient.display_id)).size).toBe(1);
  for (const { content } of shown.slice(0, -1)) {
    expect(Object.keys(content.data).sort()).toEqual(["text/html", "text/plain"]);
    expect(content.data["text/html"]).toContain('role="progressbar"');
  }
  const { data } = shown.at(-1)!.content;
  expect(Object.keys(data).sort()).toEqual([
    "application/vnd.vegalite.v5+json",
    "image/png",
    "image/svg+xml",
    "text/plain",
  ]);
  expect(data["text/plain"]).toMatch(/^train shown: done in \d+ s; saved as .*cellpose-shown\.onnx/);
  expect(data["text/plain"]).toContain("Epochs: 8 of 8.");
});

test("an interrupt ends the cell of train() at once, and the training with what it has learnt", async () => {
  const { pictures, texts, until } = watchPictures();
  const cell = kernel.client.execute(`await ${trainCell("stopped", 5000)};\nconsole.log("went on");`);
  await until(laterEpoch);
  const { reply: info } = await kernel.client.request("kernel_info_request", {}, { channel: "control" });
  expect(info.status).toBe("ok");
  const started = performance.now();
  await kernel.client.send("interrupt_request", {}, "control");
  const exchange = await cell;
  // What is measured: that the cell does not wait for the training's end.
  expect(performance.now() - started).toBeLessThan(2000);
  expect(exchange.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  await until(/: stopped after/);
  expect(texts().at(-1)).toMatch(/^train stopped: stopped after \d+ of 5000 epochs; saved as /);
  expect(pictures().at(-1)?.content.data).toHaveProperty(["image/png"]);
  expect(existsSync(join(home, "models/stopped/1/model.onnx"))).toBe(true);
  expect(existsSync(join(home, "cellpose-stopped.onnx"))).toBe(true);
  const next = await kernel.client.execute(serveCell("stopped"), {}, 60_000);
  expect(textOf(next)).toMatch(/^mask (1,)?64,64\n$/);
  expect(kernel.client.received.some(({ content }) => content.text?.includes("went on"))).toBe(false);
});

test("the kernel answers while a training runs that no cell waits for", async () => {
  const { texts, until } = watchPictures();
  const { reply } = await kernel.client.execute(
    `const run: Promise<unknown> = ${trainCell("beside", 5000)};`,
  );
  expect(reply.status).toBe("ok");
  await until(laterEpoch);
  for (const [type, content] of [
    ["kernel_info_request", {}],
    ["complete_request", { code: "samples.le", cursor_pos: 10 }],
    ["inspect_request", { code: "samples", cursor_pos: 3, detail_level: 0 }],
  ] as const) {
    const { reply: answer } = await kernel.client.request(type, content, { timeoutMs: 5000 });
    expect(answer.status).toBe("ok");
    if (type === "complete_request") expect(answer.matches).toContain("length");
  }
  expect(texts().at(-1)).toMatch(/: epoch \d+ of 5000/);
  // The stop button is for the cell that runs, and what was started before.
  const cell = kernel.client.execute("await run;");
  await kernel.client.send("interrupt_request", {}, "control");
  expect((await cell).reply.ename).toBe("KeyboardInterrupt");
  await until(/stopped after/);
  const { reply: after } = await kernel.client.execute("await run;", {}, 60_000);
  expect(after.status).toBe("ok");
});

/** Runs cells in tslab with Jupyter's own client, interrupts the second in a later epoch, prints what was shown. */
const client = `
import json, re, sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="tslab", startup_timeout=60)
pictures, text, has_interrupted = [], "", False
try:
    ids = [client.execute(cell) for cell in sys.argv[1:3]]
    served = None
    while "mask" not in text:
        message = client.get_iopub_msg(timeout=60)
        content = message["content"]
        if message["msg_type"] in ("display_data", "update_display_data"):
            pictures.append(content["data"]["text/plain"])
            if re.search(r"epoch (?!1 )\\d+ of", pictures[-1]) and not has_interrupted:
                has_interrupted = True
                manager.interrupt_kernel()
            if "; saved as" in pictures[-1] and served is None:
                # For 200 ms after an error tslab takes no cell.
                time.sleep(1)
                served = client.execute(sys.argv[3])
        elif message["msg_type"] == "stream":
            text += content["text"]
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print("\\n" + json.dumps({"pictures": pictures, "text": text}))
`;

test("SIGINT stops a training in tslab", async () => {
  const cells = [setUp, `await ${trainCell("in-tslab", 5000)};`, serveCell("in-tslab")];
  const env = { JUPYTER_PATH: tslabKernel(join(root, "test/output/interrupt")), BIOENGINE_HOME: home };
  const { code, output } = await finish(python, ["-c", client, ...cells], { cwd: root, env });
  expect(code, output).toBe(0);
  const { pictures, text } = JSON.parse(output.trim().split("\n").at(-1)!);
  expect(pictures.at(-1)).toMatch(/^train in-tslab: stopped after \d+ of 5000 epochs; saved as /);
  expect(text).toMatch(/mask (1,)?64,64/);
});

// A terminal's Ctrl+C is for the whole group of processes, so that the engine must not take it for its own.
test.skipIf(process.platform === "win32")("Ctrl+C stops a training of a program, which goes on", async () => {
  const script = `const { drawMembranes, execute, train } = require("bioengine");
    (async () => {
      const samples = drawMembranes({ count: 2, size: 64 });
      const onEpoch = ({ epoch }) => console.log("epoch", epoch);
      const options = { epochs: 5000, steps: 1, outputDir: ${JSON.stringify(home)}, onEpoch };
      const { stopped } = await train("in-program", samples, options);
      console.log(stopped);
      ${serveCell("in-program")}
    })();`;
  const child = spawn(process.execPath, ["-e", script], {
    cwd: root,
    env: { ...process.env, BIOENGINE_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 60_000 }).toContain("epoch 2");
  process.kill(-child.pid!, "SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(output).toMatch(/\nstopped after \d+ of 5000 epochs\nmask (1,)?64,64\n$/);
});
