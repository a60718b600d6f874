import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { jupyterFolder } from "../packages/bioengine/dist/command/jupyterfolder";
import { python, root } from "./laboratory";
import { finish } from "./program";

const bioengine = join(root, "packages/bioengine/bin/bioengine.js");

const temporary = (): string => realpathSync(mkdtempSync(join(tmpdir(), "bioengine-install-")));

/** A home of its own: nothing that the user has installed, nothing that the user would find afterwards. */
const homeIn = (folder: string) => ({
  HOME: folder,
  APPDATA: join(folder, "AppData"),
  JUPYTER_DATA_DIR: "",
  XDG_DATA_HOME: "",
  // The laboratory's Python has the kernel too, and would go first.
  JUPYTER_PREFER_ENV_PATH: "0",
});

const command = (args: string[], env: Record<string, string>) =>
  finish(process.execPath, [bioengine, ...args], { env });

async function printed(program: string, args: string[], env: Record<string, string>): Promise<string> {
  const { code, output } = await finish(program, args, { env });
  expect(code, output).toBe(0);
  return output;
}

/** Folder of the kernel `bioengine` by `jupyter kernelspec list`. */
async function listedKernel(jupyterPython: string, env: Record<string, string>): Promise<string | undefined> {
  const list = await printed(jupyterPython, ["-m", "jupyter_client.kernelspecapp", "list", "--json"], env);
  const { kernelspecs } = JSON.parse(list.slice(list.indexOf("{\n")));
  return kernelspecs.bioengine?.resource_dir;
}

/** What `jupyter labextension list` prints. */
const listedExtensions = (jupyterPython: string, env: Record<string, string>): Promise<string> =>
  printed(jupyterPython, ["-m", "jupyterlab.labextensions", "list"], env);

/** An environment of its own whose Python finds the laboratory's Jupyter. */
async function freshEnvironment(folder: string): Promise<string> {
  const prefix = join(folder, "environment");
  await printed(python, ["-m", "venv", "--without-pip", prefix], {});
  const purelib = ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"];
  const fresh = python.replace(/.*(?=(bin|Scripts)[\\/])/, `${prefix}/`);
  const [packages, ownPackages] = await Promise.all(
    [python, fresh].map(async (each) => (await printed(each, purelib, {})).trim()),
  );
  writeFileSync(join(ownPackages ?? "", "laboratory.pth"), `${packages}\n`);
  return fresh;
}

test("bioengine install is for the user, and Jupyter finds the kernel and the extension", async () => {
  const env = homeIn(temporary());
  const { code, output } = await command(["install"], env);
  expect(code, output).toBe(0);
  const folder = await listedKernel(python, env);
  expect(output).toContain(`\n  ${folder}\n`);
  expect(folder?.startsWith(env.HOME)).toBe(true);
  expect(JSON.parse(readFileSync(join(folder ?? "", "kernel.json"), "utf8")).argv[0]).toBe(process.execPath);
  const extensions = await listedExtensions(python, env);
  expect(extensions).toContain(join(folder ?? "", "../../labextensions"));
  expect(extensions).toMatch(/@bioengine\/labextension v\S+ .*enabled.*OK/);
});

test("bioengine install respects JUPYTER_DATA_DIR", async () => {
  const folder = temporary();
  const env = { ...homeIn(folder), JUPYTER_DATA_DIR: join(folder, "data") };
  expect((await command(["install", "--user"], env)).code).toBe(0);
  expect(await listedKernel(python, env)).toBe(join(folder, "data/kernels/bioengine"));
});

test("bioengine install --sys-prefix, --python and --prefix are for one environment, and uninstall takes the same", async () => {
  const folder = temporary();
  const environment = await freshEnvironment(folder);
  // As in an environment that is activated.
  const env = { ...homeIn(folder), PATH: [dirname(environment), process.env.PATH].join(delimiter) };
  const kernel = join(folder, "environment/share/jupyter/kernels/bioengine");
  const places = [
    ["--sys-prefix"],
    ["--sys-prefix", "--python", environment],
    ["--prefix", join(folder, "environment")],
  ];
  for (const place of places) {
    expect((await command(["install", ...place], env)).code).toBe(0);
    expect(await listedKernel(environment, env)).toBe(kernel);
    expect(await listedKernel(python, env)).not.toBe(kernel);
    const { code, output } = await command(["uninstall", ...place], env);
    expect(code, output).toBe(0);
    expect(output).toContain(`\n  ${kernel}\n`);
    expect(await listedKernel(environment, env)).toBeUndefined();
    expect(await listedExtensions(environment, env)).not.toContain("@bioengine/labextension");
  }
});

test("bioengine uninstall leaves the neighbours alone", async () => {
  const folder = temporary();
  const env = { ...homeIn(folder), JUPYTER_DATA_DIR: folder };
  const files = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  for (const neighbour of ["kernels/bioengine2", "kernels/python3", "labextensions/@bioengine/other"]) {
    mkdirSync(join(folder, neighbour), { recursive: true });
    writeFileSync(join(folder, neighbour, "package.json"), "{}");
  }
  const before = files();
  await command(["install"], env);
  expect(files().length).toBeGreaterThan(before.length + 4);
  await command(["install"], env);
  expect((await command(["uninstall"], env)).code).toBe(0);
  expect(files()).toEqual(before);
  expect(await command(["uninstall"], env)).toEqual({
    code: 1,
    output: `Cannot uninstall the kernel: it must be installed in ${folder}, got neither kernel nor extension there; find it with: jupyter kernelspec list\n`,
  });
});

test.each([
  [
    ["--user", "--prefix", "x"],
    "one place at most may be named, got --user and --prefix; leave all but one out",
  ],
  [
    ["--prefix", "/nowhere"],
    "the Jupyter prefix must be an existing folder, got /nowhere; find yours with: ",
  ],
  [["--python", "no-python"], "--python must name a Python that runs, got no-python; "],
])("bioengine install %j says what is wrong", async (args, words) => {
  const { code, output } = await command(["install", ...args], homeIn(temporary()));
  expect(code).toBe(1);
  expect(output).toContain(`Cannot install the kernel: ${words}`);
});

test("bioengine install says which folder it can't write to", async () => {
  const folder = join(temporary(), "file");
  writeFileSync(folder, "");
  const env = { ...homeIn(folder), JUPYTER_DATA_DIR: folder };
  const { code, output } = await command(["install"], env);
  expect(code).toBe(1);
  expect(output).toMatch(
    /^Cannot install the kernel: \S+file must be a folder that you may write to, got E[A-Z]+: /,
  );
  expect(existsSync(join(folder, "kernels"))).toBe(false);
});

/** What jupyter_core answers when it believes to be on a platform. */
const askJupyter = `import sys; sys.platform = sys.argv[1]
from jupyter_core.paths import jupyter_data_dir
print(jupyter_data_dir())`;

test.each([
  ["linux", {}],
  ["linux", { XDG_DATA_HOME: "/elsewhere" }],
  ["linux", { JUPYTER_DATA_DIR: "/data" }],
  ["darwin", { XDG_DATA_HOME: "/elsewhere" }],
  ["win32", { APPDATA: "/roaming" }],
  ["win32", {}],
  ["win32", { JUPYTER_CONFIG_DIR: "/configuration" }],
] as const)("the user's folder on %s with %j is the one that Jupyter reads", async (platform, variables) => {
  const home = temporary();
  const cleared = { XDG_DATA_HOME: "", JUPYTER_DATA_DIR: "", APPDATA: "", JUPYTER_CONFIG_DIR: "" };
  const env = { ...cleared, HOME: home, ...variables };
  const folder = await jupyterFolder("install the kernel", {}, { platform, env, home });
  const jupyters = await printed(python, ["-c", askJupyter, platform], env);
  expect(folder.replaceAll("\\", "/")).toBe(jupyters.trim());
});

test.each([
  ["linux", "/usr/local/share/jupyter"],
  ["darwin", "/usr/local/share/jupyter"],
  ["win32", "D:\\ProgramData\\jupyter"],
] as const)("the folder of all users on %s is %s", async (platform, folder) => {
  const machine = { platform, env: { PROGRAMDATA: "D:\\ProgramData" }, home: "/" };
  expect(await jupyterFolder("install the kernel", { system: true }, machine)).toBe(folder);
});
