import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ndarray } from "bioengine";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bioimageioPackage,
  bioimageioPackageName,
  type TrainedNetwork,
} from "../../packages/server/dist/package/bioimageiopackage";
import { setUpEnvironment } from "../environment.mjs";
import { finish } from "../program";

// What bioimage.io's own software says of the packages that a training ends with.

const root = join(__dirname, "../..");

/** What check.py prints of a package. */
interface Report {
  readonly type: string;
  readonly status: string;
  readonly warnings: readonly (readonly string[])[];
  readonly large: Readonly<Record<string, readonly number[]>>;
}

let place: string;
let reports: readonly Report[];

/** Discs on a grid in a 16-bit image `[c, y, x]`, with noise that repeats. */
function trained(kind: TrainedNetwork["kind"], channels: number, diameter: number): TrainedNetwork {
  const side = 64;
  const values = Uint16Array.from({ length: channels * side * side }, (_, index) => {
    const [y, x] = [Math.floor(index / side) % side, index % side];
    const isInside = Math.hypot((y % 32) - 16, (x % 32) - 16) < diameter / 2;
    return (isInside ? 3000 : 200) + ((index * 7919) % 131);
  });
  const onnx = readFileSync(join(root, `packages/engine/weights/${kind}.onnx`));
  return {
    ...{ kind, id: "µ 102", onnx, diameter, images: 12, iterations: 600, trainedAt: new Date(0) },
    testImage: ndarray(values, [channels, side, side]),
  };
}

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "bioengine-bioimageio-"));
  const { python } = setUpEnvironment("bioimageio", "test/bioimageio/requirements.txt");
  const networks = [trained("cellpose", 2, 17), trained("stardist", 1, 28)];
  const paths = networks.map((network) => join(place, bioimageioPackageName(network)));
  for (const [index, network] of networks.entries()) {
    writeFileSync(paths[index], await bioimageioPackage(network));
  }
  const { code, output } = await finish(python, [join(__dirname, "check.py"), ...paths], {
    env: { BIOIMAGEIO_CACHE_PATH: join(place, "cache"), PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(code, output).toBe(0);
  reports = JSON.parse(output.match(/^report:(.*)$/m)?.[1] ?? "");
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

for (const [index, kind, large] of [
  [0, "cellpose", { flows: [1, 3, 128, 192] }],
  [1, "stardist", { probability: [1, 1, 64, 96], distances: [1, 32, 64, 96] }],
] as const) {
  test(`bioimageio.core's test_model passes a ${kind} network's package, without the internet`, () => {
    expect(reports[index]).toMatchObject({
      ...{ damaged: null, type: "ModelDescr", status: "passed", failed: [], errors: [] },
      // Three of the format, one with the test tensors, six with batches of 1 and 2 and other sizes.
      tests: 10,
    });
  });

  test(`bioimageio.spec misses nothing in a ${kind} network's package but a person to maintain it`, () => {
    const { warnings } = reports[index];
    const said = warnings.filter(
      (words) => !words.join().includes("all elements agree with expected values"),
    );
    expect(said).toEqual([
      [expect.stringMatching("^Missing `maintainers` or any author in `authors` with a specified")],
    ]);
  });

  test(`the arrays and images of a ${kind} network's package are the same, and it takes larger images`, () => {
    expect(reports[index]).toMatchObject({
      samples: Object.values({ image: 0, ...large }).map(() => true),
      large,
    });
  });
}
