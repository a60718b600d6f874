#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startServer } from "./server";
import { untilSignal } from "./signal";

/** The server as a program: prints one line when it is ready, and ends with its parent, SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { host: { type: "string" }, port: { type: "string" }, "model-repository": { type: "string" } },
  });
  const { host, port = "0", "model-repository": modelRepository } = values;
  if (!/^\d+$/.test(port)) {
    throw new RangeError(`Cannot serve: --port must be a whole number from 0 to 65535, got ${port}`);
  }
  const server = await startServer({ host, port: Number(port), modelRepository });
  // First: whoever reads the line may send the signal.
  const signal = untilSignal();
  console.log(`bioengine server ready at ${server.url}`);
  await signal;
  await server.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
