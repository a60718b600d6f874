const signals = ["SIGINT", "SIGTERM"] as const;

/**
 * Wait until this process is asked to end: by SIGINT, by SIGTERM, or by its parent letting go of it. Another signal
 * after that ends it at once.
 *
 * @example
 * const server = await startServer();
 * await untilSignal();
 * await server.close();
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      for (const signal of signals) process.off(signal, end);
      resolve();
    };
    for (const signal of signals) process.on(signal, end);
    if (process.send) process.once("disconnect", end);
  });
}
