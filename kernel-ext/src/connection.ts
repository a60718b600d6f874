import { readFileSync } from "node:fs";

/** The five sockets of a kernel. */
export type ChannelName = "shell" | "control" | "stdin" | "iopub" | "hb";

/** Where a kernel listens and how its messages are signed. */
export interface Connection {
  /** Address to bind for each socket, e.g. `tcp://127.0.0.1:54321`. */
  readonly addresses: Readonly<Record<ChannelName, string>>;
  /** Secret of the signatures; empty when messages are not signed. */
  readonly key: string;
  /** Digest of the signatures, e.g. `sha256`. */
  readonly digest: string;
}

/**
 * Read the connection file that Jupyter wrote for this kernel.
 *
 * @throws {TypeError} if a field is missing or of the wrong kind
 */
export function readConnection(path: string): Connection {
  const file: unknown = JSON.parse(readFileSync(path, "utf8"));
  const field = (name: string): unknown =>
    typeof file === "object" && file !== null ? Reflect.get(file, name) : undefined;
  const text = (name: string): string => {
    const value = field(name);
    if (typeof value === "string") return value;
    throw new TypeError(`Cannot read the connection file ${path}: ${name} must be a text, got ${value}`);
  };
  const transport = text("transport");
  const ip = text("ip");
  const address = (name: ChannelName): string => {
    const port = field(`${name}_port`);
    if (typeof port === "number") return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
    throw new TypeError(
      `Cannot read the connection file ${path}: ${name}_port must be a number, got ${port}`,
    );
  };
  return {
    addresses: {
      shell: address("shell"),
      control: address("control"),
      stdin: address("stdin"),
      iopub: address("iopub"),
      hb: address("hb"),
    },
    key: text("key"),
    digest: text("signature_scheme").replace(/^hmac-/, ""),
  };
}
