import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { codexInstructions } from "@bioengine/codex";
import type { AxeResults } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChatServer, refused, startChatServer, streamed, unfinished } from "../codex/chatserver";
import { root } from "../laboratory";
import { readNotebook } from "../notebooks/notebook";
import { type OpenLab, openLab, pictures } from "./openlab";

const KEY = "sk-secret-of-the-test";
const WRITE = "Write a cell with a code model";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const home = join(root, "test/output/codemodel");

let lab: OpenLab;
let page: Page;
let server: ChatServer;
let dialog: Locator;

const cells = (): Promise<string[]> =>
  page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor .cm-content").allInnerTexts();
const cell = (index: number): Locator => page.locator(".jp-Notebook .jp-CodeCell").nth(index);
const marks = (): Locator => page.locator(".be-Written:not(.lm-mod-hidden)");

const command = async (label: string): Promise<void> => {
  await page.keyboard.press("Control+Shift+c");
  await page.locator(".lm-CommandPalette-input").fill(label);
  await page.locator(".lm-CommandPalette-item", { hasText: label }).first().click();
};

/** Open the prompt box below a cell. */
const prompt = async (index: number): Promise<void> => {
  await cell(index).locator(".jp-InputArea-editor").click();
  await command(WRITE);
  await dialog.locator("textarea").waitFor();
};

const run = async (index: number): Promise<void> => {
  await cell(index).locator(".jp-InputArea-editor").click();
  await page.keyboard.press("Control+Enter");
};

const set = (): void =>
  writeFileSync(
    join(home, "codemodel.json"),
    JSON.stringify({ url: server.url, model: "writer-1", key: KEY }),
    {
      mode: 0o600,
    },
  );

async function broken(selector: string): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(selector)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`),
  );
}

async function inTheme(theme: string): Promise<void> {
  await page.click('.lm-MenuBar-itemLabel:text-is("Settings")');
  await page.hover('.lm-Menu-itemLabel:text-is("Theme")');
  await page.click(`.lm-Menu-itemLabel:text-is("${theme}")`);
  await page.waitForSelector(`body[data-jp-theme-name="${theme}"]`, { state: "attached" });
}

beforeAll(async () => {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  server = await startChatServer();
  const env = { BIOENGINE_HOME: home, JUPYTERLAB_SETTINGS_DIR: join(home, "settings") };
  lab = await openLab("codemodel", env, [
    'import { imread } from "bioengine";\nconst image = await imread("data/img2d.tif");\nconst password = "open sesame";',
    "image.summ();",
  ]);
  ({ page } = lab);
  page.setDefaultTimeout(10_000);
  dialog = page.locator(".jp-Dialog");
  await run(0);
  await page.waitForSelector('.jp-InputPrompt:text("[1]")');
  await page.addScriptTag({ path: axe });
});

afterAll(async () => {
  await lab?.close();
  await server?.close();
});

test("without settings the dialog says how to make them, and nothing is sent", async () => {
  await cell(0).locator(".jp-InputArea-editor").click();
  await command(WRITE);
  await dialog.waitFor();
  const text = await dialog.innerText();
  expect(text).toContain("No code model is set");
  expect(text).toContain("Nothing was sent");
  expect(text).toContain(join(home, "codemodel.json"));
  expect(text).toContain("BIOENGINE_CODE_MODEL_URL");
  await page.screenshot({ path: join(pictures, "codemodel-unset.png") });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  expect(await cells()).toHaveLength(2);
  expect(server.requests).toEqual([]);
});

test("before the first time the prompt box shows what is sent and where, and sends nothing unless one agrees", async () => {
  set();
  await prompt(0);
  const text = await dialog.innerText();
  expect(text).toContain(`${server.url}, model writer-1`);
  expect(text).toContain("Nothing has been sent to this address yet");
  expect(await dialog.locator("pre").innerText()).toMatch(/^- `image`: NdArray \[512, 512\] uint16/m);
  await page.screenshot({ path: join(pictures, "codemodel-first.png") });
  await dialog.locator("textarea").fill("print the shape");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(server.requests).toEqual([]);
});

test("a cell is written, marked, and runs", async () => {
  server.reply = streamed("Here it is:\n``", "`ts\nconsole.log(", "image.shape.join());\n", "```\nEnjoy!");
  await prompt(0);
  await dialog.locator("textarea").fill("print the shape");
  await dialog.getByRole("button", { name: "Agree and send" }).click();
  await expect.poll(async () => (await cells())[1]).toBe("console.log(image.shape.join());");
  await expect.poll(() => marks().first().innerText()).toContain("Written by writer-1");
  expect(await marks().first().innerText()).toContain("print the shape");
  await run(1);
  await expect.poll(() => cell(1).locator(".jp-OutputArea").innerText()).toContain("512,512");
  await page.screenshot({ path: join(pictures, "codemodel-written.png") });
});

test("what was sent is the instructions, the data card and the request, with the key, and no pixels", () => {
  expect(server.requests).toHaveLength(1);
  const [request] = server.requests;
  expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(request?.body.model).toBe("writer-1");
  const [system, user, ...rest] = request?.body.messages ?? [];
  expect(rest).toEqual([]);
  expect(user).toEqual({ role: "user", content: "print the shape" });
  const instructions = codexInstructions();
  expect(system?.content.startsWith(instructions)).toBe(true);
  const data = system?.content.slice(instructions.length) ?? "";
  expect(data).toMatch(
    /^- `image`: NdArray \[512, 512\] uint16, axes YX, values 0 to 235, median 24, bright objects of about 2\d px$/m,
  );
  expect(data).toMatch(/^- `password`: a text$/m);
  // A row of pixels would be a row of numbers.
  expect(data).not.toMatch(/(\d+[\s,]+){3}\d/);
});

test("once one has agreed, Enter sends; an answer without code is shown, and makes no cell", async () => {
  server.reply = streamed("I can't ", "write that: it is no task for a notebook.");
  await prompt(1);
  expect(await dialog.locator("details").getAttribute("open")).toBeNull();
  await dialog.locator("textarea").fill("bake a cake");
  await page.keyboard.press("Enter");
  await page.locator('.jp-Dialog:has-text("wrote no code")').waitFor();
  expect(await dialog.innerText()).toContain("I can't write that: it is no task for a notebook.");
  await page.screenshot({ path: join(pictures, "codemodel-prose.png") });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  expect(await cells()).toHaveLength(3);
  await prompt(1);
  expect(await dialog.locator("textarea").inputValue()).toBe("bake a cake");
  await page.keyboard.press("Escape");
});

test("code without a fence is code, as the kernel finds", async () => {
  server.reply = streamed("const height = image.shape[0];");
  await prompt(1);
  await dialog.locator("textarea").fill("the height");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await cells())[2]).toBe("const height = image.shape[0];");
});

test("what has come of an answer stays when it is cancelled, and the request ends", async () => {
  server.reply = unfinished("```ts\nconst half = 1;\nconst other");
  await prompt(2);
  await dialog.locator("textarea").fill("go on for ever");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await cells())[3]).toContain("const other");
  await expect.poll(() => marks().last().innerText()).toContain("writer-1 is writing…");
  await page.screenshot({ path: join(pictures, "codemodel-writing.png") });
  await marks().last().getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => server.cancelled.length).toBe(1);
  await expect.poll(() => marks().last().innerText()).toContain("Written by writer-1");
  expect((await cells())[3]).toBe("const half = 1;\nconst other");
});

test("a key that is refused is told in a line, and makes no cell", async () => {
  const before = await cells();
  server.reply = refused(401, "Incorrect API key provided");
  await prompt(3);
  await dialog.locator("textarea").fill("anything");
  await page.keyboard.press("Enter");
  const notice = page.locator(".Toastify__toast");
  await notice.waitFor();
  expect(await notice.innerText()).toContain(
    "The code model's server refuses the key (401: Incorrect API key provided): set another.",
  );
  await page.screenshot({ path: join(pictures, "codemodel-refused.png") });
  await notice.getByRole("button").last().click();
  await expect.poll(cells).toEqual(before);
});

test("a cell that failed is fixed with its code and error; undo and Restore put the old code back", async () => {
  const last = (await cells()).length - 1;
  await run(last);
  await cell(last).locator('[data-mime-type="application/vnd.jupyter.stderr"]').waitFor();
  server.reply = streamed("```ts\nimage.sum();\n```");
  await cell(last).locator('.jp-cell-toolbar [data-command="bioengine:fix-cell"]').click();
  await dialog.locator("textarea").waitFor();
  expect(await dialog.innerText()).toContain("summ");
  await page.screenshot({ path: join(pictures, "codemodel-fix.png") });
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await cells())[last]).toBe("image.sum();");
  const sent = server.requests.at(-1)?.body.messages[0]?.content ?? "";
  expect(sent).toContain("```ts\nimage.summ();\n```");
  expect(sent).toMatch(/```text\n[\s\S]*'summ' does not exist on type 'NdArray/);
  await page.screenshot({ path: join(pictures, "codemodel-fixed.png") });

  await cell(last).locator(".jp-InputArea-editor").click();
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await cells())[last]).toBe("image.summ();");
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(async () => (await cells())[last]).toBe("image.sum();");
  await cell(last).getByRole("button", { name: "Restore" }).click();
  await expect.poll(async () => (await cells())[last]).toBe("image.summ();");
});

test("Restore takes back one fix at a time, with who had written the code before", async () => {
  await run(3);
  await cell(3).locator('[data-mime-type="application/vnd.jupyter.stderr"]').waitFor();
  server.reply = streamed("```ts\nconst half = 2;\n```");
  await cell(3).locator('.jp-cell-toolbar [data-command="bioengine:fix-cell"]').click();
  await dialog.locator("textarea").fill("leave other out");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await cells())[3]).toBe("const half = 2;");
  expect(server.requests.at(-1)?.body.messages[1]?.content).toBe("leave other out");
  const mark = cell(3).locator(".be-Written");
  expect(await mark.innerText()).toContain("leave other out");
  await mark.getByRole("button", { name: "Restore" }).click();
  await expect.poll(async () => (await cells())[3]).toBe("const half = 1;\nconst other");
  expect(await mark.innerText()).toContain("go on for ever");
  expect(await mark.getByRole("button").count()).toBe(0);
});

test("a kernel that ends ends the request, and the notebook says so", async () => {
  server.reply = unfinished("```ts\nconst");
  const cancelled = server.cancelled.length;
  await prompt(3);
  await dialog.locator("textarea").fill("never ready");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await cells())[4]).toBe("const");
  await command("Restart Kernel…");
  await dialog.getByRole("button", { name: "Confirm Kernel Restart" }).click();
  await expect.poll(() => server.cancelled.length).toBe(cancelled + 1);
  const notice = page.locator(".Toastify__toast");
  await notice.waitFor();
  expect(await notice.innerText()).toContain("The kernel has ended: ask again when it is there.");
  await notice.getByRole("button").last().click();
  expect(await cell(4).getByRole("button", { name: "Cancel" }).count()).toBe(0);
  await page.waitForSelector('#jp-bottom-panel :text("TypeScript (BioEngine) | Idle")');
});

for (const theme of ["JupyterLab Dark", "JupyterLab Light"]) {
  test(`the prompt box and the mark break no rule of accessibility in ${theme}`, async () => {
    await inTheme(theme);
    await prompt(0);
    await dialog.locator("summary").click();
    expect(await broken(".be-PromptDialog .jp-Dialog-content")).toEqual([]);
    await page.screenshot({ path: join(pictures, `codemodel-${theme}.png`) });
    await page.keyboard.press("Escape");
    expect(await broken(".be-Written:not(.lm-mod-hidden)")).toEqual([]);
    await page.screenshot({ path: join(pictures, `codemodel-marks-${theme}.png`) });
  });
}

test("the key is neither in the page nor in the settings nor in the saved notebook", async () => {
  await page.keyboard.press("Control+s");
  const path = join(root, "test/output/lab/codemodel/codemodel.ipynb");
  const saved = () => readNotebook(path).cells.map(({ metadata }) => metadata?.bioengine);
  await expect.poll(saved).toContainEqual({ codeModel: { model: "writer-1", request: "print the shape" } });
  expect(readFileSync(path, "utf8")).not.toContain(KEY);
  expect(await page.content()).not.toContain(KEY);
  const settings: string = await page.evaluate("fetch('/lab/api/settings').then((r) => r.text())");
  expect(settings).toContain(server.url);
  expect(settings).not.toContain(KEY);
  const stored = await page.evaluate(
    "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])",
  );
  expect(stored).not.toContain(KEY);
  expect(lab.strangers).toEqual([]);
});

test("the marks are there when the notebook is opened again", async () => {
  const before = await marks().count();
  await page.reload();
  await expect.poll(() => marks().count(), { timeout: 30_000 }).toBe(before);
  // Jupyter may not end at all if it is told to while it reads a notebook.
  await page.waitForSelector('#jp-bottom-panel :text("TypeScript (BioEngine) | Idle")');
});

test("the browser's console has no errors", () => {
  expect(lab.complaints).toEqual([]);
});
