import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { CodeModelError } from "./codemodelerror";

/** Which code model writes cells, and how it is reached. */
export interface CodeModelSettings {
  /** Where chats are posted to. */
  readonly url: URL;
  readonly model: string;
  /** Sent as a bearer token; "" if the server wants none. */
  readonly key: string;
  /** How long an answer may take in all. */
  readonly seconds: number;
  /** The file with the key, if other users of the machine can read it; else "". */
  readonly exposedFile: string;
}

const PREFIX = "BIOENGINE_CODE_MODEL_";
const DEFAULT_SECONDS = 180;
const GROUP_AND_OTHERS = 0o077;

/** What the environment says of the code model; the variable's values by the names of the file's fields. */
export type CodeModelEnvironment = Readonly<Record<"url" | "model" | "key" | "seconds", string | undefined>>;

/**
 * Take the code model's variables out of a process's environment, as far as they are secret: a cell that shows
 * `process.env` would put the key into the notebook, and child processes have no use for it.
 *
 * @param environment `process.env`; loses `BIOENGINE_CODE_MODEL_KEY`
 */
export function takeCodeModel(environment: NodeJS.ProcessEnv): CodeModelEnvironment {
  const of = (name: string): string | undefined => environment[PREFIX + name]?.trim();
  const taken = { url: of("URL"), model: of("MODEL"), key: of("KEY"), seconds: of("SECONDS") };
  delete environment[`${PREFIX}KEY`];
  return taken;
}

/** The file with the settings, where the environment has none. */
export const codeModelFile = (): string =>
  join(process.env.BIOENGINE_HOME || join(homedir(), ".bioengine"), "codemodel.json");

/**
 * The settings of the environment if that has an address, else those of the file: never some of each, which could send
 * the key of one server to another.
 *
 * @returns undefined if there are none
 * @throws {CodeModelError} if they can't be used
 */
export function readCodeModel(environment: CodeModelEnvironment): CodeModelSettings | undefined {
  if (environment.url) return settingsOf(environment, (name) => PREFIX + name.toUpperCase());
  const file = codeModelFile();
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return undefined;
  // Windows has no such mode: a home folder there is its owner's alone.
  const isExposed = process.platform !== "win32" && (mode & GROUP_AND_OTHERS) !== 0;
  const settings = settingsOf(jsonIn(file), (name) => `${name} in ${file}`);
  return { ...settings, exposedFile: isExposed ? file : "" };
}

/**
 * Keep settings in the file, which then its owner alone can read.
 *
 * @param values texts by the names of the file's fields; those that are undefined are left out
 * @returns the file
 * @throws {CodeModelError} if they can't be used
 */
export function saveCodeModel(values: CodeModelEnvironment): string {
  settingsOf(values, (name) => `--${name}`);
  const file = codeModelFile();
  mkdirSync(dirname(file), { recursive: true });
  // One that is there would keep its mode.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(values, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  return file;
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    // JSON.parse quotes the text, and with it maybe the key.
    const got = error instanceof SyntaxError ? "other text" : String(error);
    throw unusable(`${file} must be JSON that can be read`, got);
  }
}

/** @param titleOf what a message calls a field */
function settingsOf(values: unknown, titleOf: (name: string) => string): CodeModelSettings {
  const text = (name: string): string => {
    const value: unknown = Reflect.get(Object(values), name) ?? "";
    if (typeof value === "string" || typeof value === "number") return String(value);
    throw unusable(`${titleOf(name)} must be a text`, typeof value);
  };
  const model = text("model");
  if (!model) throw unusable(`${titleOf("model")} must be set`, "nothing");
  const seconds = Number(text("seconds") || DEFAULT_SECONDS);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw unusable(`${titleOf("seconds")} must be a number from 1 to 86400`, text("seconds"));
  }
  const key = text("key");
  if (!/^[\x21-\x7e]*$/.test(key)) {
    throw unusable(`${titleOf("key")} must be printable ASCII without spaces`, "other characters");
  }
  return { url: chatUrl(text("url"), titleOf("url")), model, key, seconds, exposedFile: "" };
}

/** Where chats are posted to below an address as programs for such servers take it, such as `https://…/v1`. */
function chatUrl(address: string, title: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    const got = url?.username || url?.password ? "one with a password" : address || "nothing";
    throw unusable(`${title} must be an address such as https://host/v1`, got);
  }
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith("/chat/completions") ? path : `${path}/chat/completions`;
  return url;
}

const unusable = (requirement: string, got: string): CodeModelError =>
  new CodeModelError("settings", `Cannot ask a code model: ${requirement}, got ${got}`);
