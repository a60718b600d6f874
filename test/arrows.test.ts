import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(__dirname, "..");

/** Which package may import which. */
const arrows: Record<string, readonly string[]> = {
  "packages/ndarray": ["fastest-levenshtein"],
  "packages/mime": [],
  "packages/codex": [],
  "packages/imageio": ["@bioengine/ndarray", "apache-arrow", "fzstd", "saxes", "sharp", "zarrita"],
  "packages/measure": ["@bioengine/ndarray"],
  "packages/filters": ["@bioengine/ndarray", "@bioengine/measure"],
  "packages/triton": ["@bioengine/ndarray", "@msgpack/msgpack", "node-fetch"],
  "packages/hypha": ["@bioengine/ndarray", "@bioengine/triton"],
  "packages/display": ["@bioengine/ndarray", "@bioengine/mime", "@bioengine/measure", "canvas"],
  "packages/engine": ["@bioengine/ndarray", "onnxruntime-node"],
  "packages/server": ["@bioengine/ndarray", "@bioengine/engine", "@bioengine/triton", "yaml"],
  "packages/bioengine": [
    "@bioengine/ndarray",
    "@bioengine/imageio",
    "@bioengine/measure",
    "@bioengine/filters",
    "@bioengine/triton",
    "@bioengine/hypha",
    "@bioengine/display",
    "@bioengine/engine",
    "@bioengine/server",
    "@bioengine/codex",
    "@bioengine/kernel",
    "@modelcontextprotocol/server",
    "zod",
  ],
  labextension: ["@bioengine/mime", "@bioengine/codex", "@jupyterlab/*", "@lumino/*"],
  "kernel-ext": ["@bioengine/mime", "fastest-levenshtein", "tslab", "typescript", "zeromq"],
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));

const packageOf = (specifier: string) => specifier.match(/^(@[^/]+\/[^/]+|[^/]+)/)?.[0] ?? specifier;

const allows = (allowed: readonly string[], name: string) =>
  allowed.includes(name) || allowed.includes(name.replace(/\/.*/, "/*"));

const specifiers = (file: string): string[] =>
  ts.preProcessFile(readFileSync(file, "utf8"), true, true).importedFiles.map(({ fileName }) => fileName);

const imports = (file: string): string[] =>
  specifiers(file)
    .filter((name) => !name.startsWith(".") && !name.startsWith("node:"))
    .map(packageOf);

const locals = (file: string): string[] => specifiers(file).filter((name) => name.startsWith("."));

test("every package of the repository is in the list of arrows", () => {
  const packages = readdirSync(join(root, "packages")).filter((name) =>
    existsSync(join(root, "packages", name, "src")),
  );
  expect(Object.keys(arrows).sort()).toEqual(
    ["kernel-ext", "labextension", ...packages.map((name) => `packages/${name}`)].sort(),
  );
});

for (const [folder, allowed] of Object.entries(arrows)) {
  test(`${folder} imports only what its arrows allow`, () => {
    const wrong = sources(join(root, folder, "src")).flatMap((file) =>
      imports(file)
        .filter((name) => !allows(allowed, name))
        .map((name) => `${file.slice(root.length + 1)} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test(`${folder} follows each of its arrows`, () => {
    const names = sources(join(root, folder, "src")).flatMap(imports);
    expect(allowed.filter((arrow) => !names.some((name) => allows([arrow], name)))).toEqual([]);
  });

  test(`the folders of ${folder} don't need each other in turn`, () => {
    const source = join(root, folder, "src");
    const needs = new Map<string, Set<string>>();
    for (const file of sources(source)) {
      const own = dirname(relative(source, file));
      const others = locals(file).map((name) => dirname(relative(source, join(dirname(file), name))));
      needs.set(
        own,
        new Set([...(needs.get(own) ?? []), ...others.filter((other) => other !== own && other !== ".")]),
      );
    }
    const reaches = (from: string, seen = new Set<string>()): Set<string> => {
      for (const next of needs.get(from) ?? []) if (!seen.has(next)) reaches(next, seen.add(next));
      return seen;
    };
    expect([...needs.keys()].filter((own) => own !== "." && reaches(own).has(own))).toEqual([]);
  });

  test(`${folder} declares what its sources import`, () => {
    const declared = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const names = new Set(
      Object.keys({
        ...declared.dependencies,
        // JupyterLab shares its own packages with extensions: they are there to build against.
        ...(declared.jupyterlab ? declared.devDependencies : {}),
      }),
    );
    // tslab brings its TypeScript.
    if (names.has("tslab")) names.add("@tslab/typescript-for-tslab");
    const missing = sources(join(root, folder, "src"))
      .flatMap(imports)
      .filter((name) => !names.has(name));
    expect([...new Set(missing)]).toEqual([]);
  });
}
