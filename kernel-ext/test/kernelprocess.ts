import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelSpec } from "../src/index";
import { build } from "./build";
import { Client, type ConnectionFile } from "./client";

const ownMain = join(__dirname, "../dist/main.js");

/** A kernel that runs in a folder of its own, and a client of it. */
export interface RunningKernel {
  readonly client: Client;
  readonly process: ChildProcess;
  /** The folder that it runs in, empty at first. */
  readonly folder: string;
  readonly connection: ConnectionFile;
  /** What it wrote to its own stderr so far. */
  log(): string;
  /** Settles when the process has ended, with its exit code or signal. */
  readonly ended: Promise<number | string>;
  /** End it however it is. */
  stop(): Promise<void>;
}

/** Start the real kernel as Jupyter does, and wait until it answers. */
export async function startKernel(
  environment: NodeJS.ProcessEnv = {},
  main: string = ownMain,
): Promise<RunningKernel> {
  await build();
  const folder = mkdtempSync(join(tmpdir(), "bioengine-kernel-"));
  const connection: ConnectionFile = {
    transport: "tcp",
    ip: "127.0.0.1",
    ...(await freePorts()),
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
  };
  const files = mkdtempSync(join(tmpdir(), "bioengine-connection-"));
  const connectionFile = join(files, "kernel.json");
  writeFileSync(connectionFile, JSON.stringify(connection));

  const [command = "", ...args] = kernelSpec({ node: process.execPath, main }).argv;
  const child = spawn(
    command,
    args.map((arg) => arg.replace("{connection_file}", connectionFile)),
    { cwd: folder, stdio: ["ignore", "inherit", "pipe"], env: { ...process.env, ...environment } },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.on("exit", (code, signal) => resolve(code ?? signal ?? "?"));
  });
  const client = new Client(connection);
  const stop = async (): Promise<void> => {
    client.close();
    child.kill("SIGKILL");
    await ended;
    for (const path of [folder, files]) rmSync(path, { recursive: true, force: true });
  };
  try {
    await subscribed(client);
  } catch (error) {
    await stop();
    throw new Error(`The kernel does not answer; its log: ${log}`, { cause: error });
  }
  return { client, process: child, folder, connection, log: () => log, ended, stop };
}

/** The first messages on iopub are lost until ZeroMQ has subscribed: ask until one arrives. */
async function subscribed(client: Client): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    await client.send("kernel_info_request", {});
    const isHeard = () => client.received.some(({ channel }) => channel === "iopub");
    const heard = await client.until(isHeard, 200).then(
      () => true,
      () => false,
    );
    if (heard) return;
  }
  throw new Error("Nothing came on iopub in 20 s");
}

async function freePorts(): Promise<
  Record<"shell_port" | "control_port" | "stdin_port" | "iopub_port" | "hb_port", number>
> {
  const servers = await Promise.all(
    Array.from(
      { length: 5 },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer();
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  const [shell_port = 0, control_port = 0, stdin_port = 0, iopub_port = 0, hb_port = 0] = ports;
  return { shell_port, control_port, stdin_port, iopub_port, hb_port };
}
