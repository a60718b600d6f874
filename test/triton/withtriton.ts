import { afterAll, beforeAll, describe } from "vitest";
import { startTriton, unavailable } from "./realtriton.mjs";

/** A Triton that runs during a suite. */
export interface SuiteTriton {
  /** Its URL, once the tests run. */
  readonly url: string;
}

/**
 * A suite of tests with a Triton of its own; skipped where there is none for the platform.
 *
 * @param models which of the script's models it has
 * @param flags further flags of the server
 * @param script what writes the model repository
 */
export function withTriton(
  title: string,
  models: readonly string[],
  tests: (triton: SuiteTriton) => void,
  flags: readonly string[] = [],
  script = "models.py",
): void {
  describe.skipIf(unavailable !== "")(title, () => {
    let server: Awaited<ReturnType<typeof startTriton>> | undefined;
    const triton = {
      get url() {
        if (!server) throw new Error("Triton runs only while the tests run");
        return server.url;
      },
    };
    beforeAll(async () => {
      server = await startTriton({ script, models, flags });
    });
    afterAll(() => server?.stop());
    tests(triton);
  });
}
