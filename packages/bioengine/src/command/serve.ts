import { startServer, untilSignal } from "@bioengine/server";
import { homeRepository } from "../home";

/** What `serve` serves besides the embedded models. */
export interface ServeOptions {
  /**
   * A folder of further models in Triton's layout, where trained ones are kept too; default: that of the embedded engine,
   * `~/.bioengine/models`.
   */
  modelRepository?: string;
}

/**
 * Serve the embedded models until SIGINT or SIGTERM, of which a second ends it at once; prints the URL when ready,
 * what is served, and why some models are not.
 *
 * @param host address to listen on, e.g. `127.0.0.1`, or `0.0.0.0` for every network
 * @param port 0 to 65535; 0 takes a free one
 * @throws {RangeError} if `port` is no port number
 * @throws {Error} if `options.modelRepository` is no folder
 * @example
 * await serve("127.0.0.1", "8000", { modelRepository: "models" });
 */
export async function serve(
  host: string,
  port: string,
  { modelRepository = homeRepository() }: ServeOptions = {},
): Promise<number> {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new RangeError(`Cannot serve: --port must be a whole number from 0 to 65535, got ${port}`);
  }
  const server = await startServer({ host, port: number, modelRepository });
  // First: whoever reads the line may send the signal.
  const signal = untilSignal();
  for (const { name, reason } of server.models) {
    if (reason !== undefined) console.warn(`Cannot serve ${name}: ${reason}`);
  }
  const ready = server.models.filter(({ state }) => state === "READY").map(({ name }) => name);
  console.log(`bioengine server ready at ${server.url} with ${[...new Set(ready)].join(", ")}`);
  await signal;
  await server.close();
  return 0;
}
