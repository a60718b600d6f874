import { join } from "node:path";
import { expect, test } from "vitest";
import { python, root } from "./laboratory";
import { finish } from "./program";
import { tslabKernel } from "./tslabkernel";

/** Runs cells in a kernel with Jupyter's own client, until one shows the text "done", and prints what they showed. */
const client = `
import json, sys
from jupyter_client.manager import start_new_kernel
kernel, *cells = sys.argv[1:]
manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=60)
try:
    ids = [client.execute(cell) for cell in cells]
    shown = []
    is_done = False
    while not is_done:
        message = client.get_iopub_msg(timeout=30)
        if message["msg_type"] in ("status", "execute_input"):
            continue
        content = message["content"]
        cell = ids.index(message["parent_header"]["msg_id"])
        shown.append({"cell": cell, "type": message["msg_type"], "content": content})
        is_done = content.get("data", {}).get("text/plain", "").endswith("done")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print("\\n" + json.dumps(shown))
`;

interface Shown {
  readonly cell: number;
  readonly type: string;
  readonly content: {
    readonly text?: string;
    readonly data?: Record<string, string>;
    readonly transient?: { readonly display_id?: string };
  };
}

const scratch = join(root, "test/output/progress");

async function run(kernel: string, ...cells: string[]): Promise<Shown[]> {
  const env = { JUPYTER_PATH: tslabKernel(scratch) };
  const { code, output } = await finish(python, ["-c", client, kernel, ...cells], { cwd: root, env });
  expect(code, output).toBe(0);
  return JSON.parse(output.trim().split("\n").at(-1)!);
}

const wait = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;

const work = `
  const bar = progressBar("send", { delayMs: 50 });
  ${wait(100)}
  for (let i = 1; i <= 40; i++) {
    bar.update({ text: i + " of 40", fraction: i / 40 });
    ${wait(20)}
  }
  bar.finish("done");`;

for (const kernel of ["bioengine", "tslab"]) {
  test(`a progress bar is shown once and updated in its place in the kernel ${kernel}`, async () => {
    const shown = await run(kernel, `import { progressBar } from "@bioengine/display";\n${work}`);
    const [first, ...updates] = shown;
    expect(first?.type).toBe("display_data");
    expect(updates.length).toBeGreaterThan(2);
    expect(updates.length).toBeLessThan(8);
    expect(new Set(updates.map(({ type }) => type))).toEqual(new Set(["update_display_data"]));
    const id = first?.content.transient?.display_id;
    expect(id).toMatch(/\S{8}/);
    expect(new Set(updates.map(({ content }) => content.transient?.display_id))).toEqual(new Set([id]));
    expect(first?.content.data?.["text/html"]).toContain('role="progressbar"');
    expect(updates[0]?.content.data?.["text/plain"]).toMatch(/^send: \d+ of 40, \d+ %$/);
    expect(updates.at(-1)?.content.data?.["text/plain"]).toBe("send: done");
  });

  test(`a progress bar stays in its place after the end of its cell in the kernel ${kernel}`, async () => {
    const shown = await run(
      kernel,
      `import { progressBar } from "@bioengine/display";\nconst send = async () => {${work}};`,
      `void send();\n${wait(300)}`,
      "console.log(1);",
    );
    expect(shown.find(({ type }) => type === "stream")?.cell).toBe(2);
    const [first, ...updates] = shown.filter(({ type }) => type !== "stream");
    expect([first?.type, first?.cell]).toEqual(["display_data", 1]);
    expect(new Set(updates.map(({ type }) => type))).toEqual(new Set(["update_display_data"]));
    expect(shown.at(-1)?.content.transient).toEqual(first?.content.transient);
    expect(shown.at(-1)?.content.data?.["text/plain"]).toBe("send: done");
  });
}

test("a progress bar does not keep a finished program alive", async () => {
  const script = `require("tslab/dist/jupyter").lastWriteDisplayData = () => console.log("shown");
    require("@bioengine/display").progressBar("send", { delayMs: 60_000 });`;
  const ended = await finish(process.execPath, ["-e", script], { cwd: root, timeoutMs: 30_000 });
  expect(ended).toEqual({ code: 0, output: "" });
});
