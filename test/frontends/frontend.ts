import { existsSync } from "node:fs";
import { join } from "node:path";
import { prefix, root } from "../laboratory";

const environment = join(root, ".environments/frontends");

/** The Python that has the front ends, which `test/run.mjs` has set up apart from the product's. */
export const python: string =
  ["bin/python", "Scripts/python.exe"]
    .map((name) => join(environment, name))
    .find((path) => existsSync(path)) ?? "python3";

/** Where they find the kernel and the extension: as `bioengine lab` has installed them. */
export const env: Record<string, string> = { JUPYTER_PATH: join(prefix, "share/jupyter") };
