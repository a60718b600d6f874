import type { CallText } from "./calltext";

type Write = (values: readonly string[]) => string;

const fromModule =
  (module: string, name: string, more = ""): Write =>
  (values) =>
    `import { ${name} } from "node:${module}"; ${name}(${values.join(", ")}${more})`;

/** The files of a folder with names as a pattern has them, `*.tif`. */
function globbed(folder: string, pattern = '"*.tif"'): string {
  const [, , path = "", ending = ""] = /^(["'])(.*\/)?\*([\w.]*)\1$/.exec(pattern) ?? [];
  const place = path === "" ? folder : JSON.stringify(path.replace(/\/$/, ""));
  return `import { readdirSync } from "node:fs"; readdirSync(${place}).filter((name) => name.endsWith("${ending}"))`;
}

/** Functions of Python's standard library, by what they are called with. */
const calls: Readonly<Record<string, Write>> = {
  "os.listdir": ([folder = '"."']) => fromModule("fs", "readdirSync")([folder]),
  "os.makedirs": ([folder = "folder"]) => fromModule("fs", "mkdirSync", ", { recursive: true }")([folder]),
  "os.mkdir": fromModule("fs", "mkdirSync"),
  "os.remove": fromModule("fs", "rmSync"),
  "os.getcwd": () => "process.cwd()",
  "os.path.join": fromModule("path", "join"),
  "os.path.basename": fromModule("path", "basename"),
  "os.path.dirname": fromModule("path", "dirname"),
  "os.path.splitext": fromModule("path", "parse"),
  "os.path.exists": fromModule("fs", "existsSync"),
  "os.path.isfile": fromModule("fs", "existsSync"),
  "glob.glob": ([pattern]) => globbed('"."', pattern),
  glob: ([pattern]) => globbed('"."', pattern),
  "json.dumps": ([value = "value"]) => `JSON.stringify(${value})`,
  "json.loads": ([text = "text"]) => `JSON.parse(${text})`,
  "time.time": () => "Date.now() / 1000",
};

const mathConstants: Readonly<Record<string, string>> = { pi: "PI", e: "E" };

/** What follows `Path(folder)`. */
const ofPath = /^(?:pathlib\.)?Path\(([^()]*)\)(?:\.(\w+)\((.*)\))?$/;

/**
 * What a call of Python's standard library, or one of its constants, is in TypeScript.
 *
 * @param chain the whole text of the call or of the constant, `Path("data").glob("*.tif")`
 * @param call the call that it is, if it is one
 */
export function libraryCall(chain: string, call: CallText | undefined): string | undefined {
  const path = call?.path.join(".") ?? chain;
  const [, name = ""] = /^math\.(\w+)$/.exec(path) ?? [];
  if (Object.hasOwn(mathConstants, name)) return `Math.${mathConstants[name]}`;
  if (call && Object.hasOwn(Math, name)) return `Math.${name}(${call.values.join(", ")})`;
  if (call && Object.hasOwn(calls, path)) return calls[path]?.(call.values);
  const [, folder, method, argument] = ofPath.exec(chain) ?? [];
  if (folder === undefined) return undefined;
  const place = folder === "" ? '"."' : folder;
  if (method === "glob" || method === "rglob") return globbed(place, argument);
  if (method === "iterdir") return fromModule("fs", "readdirSync")([place]);
  if (method === "exists") return fromModule("fs", "existsSync")([place]);
  if (method === "mkdir") return fromModule("fs", "mkdirSync", ", { recursive: true }")([place]);
  return method === undefined ? place : undefined;
}

/** Whether a name is that of a part of Python's standard library which is answered for here. */
export const isOfLibrary = (name: string): boolean => /^(os|glob|json|math|time|Path|pathlib)$/.test(name);
