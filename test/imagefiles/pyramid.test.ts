import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ImageLevel, openImage } from "bioengine";
import { afterAll, expect, test } from "vitest";
import { setUpEnvironment } from "../environment.mjs";
import { root } from "../laboratory";
import { finish } from "../program";

const folder = mkdtempSync(join(tmpdir(), "pyramid-"));
afterAll(() => rmSync(folder, { recursive: true }));

const tile = 512 * 512;

/** Bytes that this process has read, also from what the system keeps in memory. */
const bytesRead = () => Number(readFileSync("/proc/self/io", "utf8").match(/rchar: (\d+)/)?.[1]);

test.runIf(process.platform === "linux")(
  "openImage() of a slide of 50,000 × 50,000 pixels reads the tiles of a part alone",
  async () => {
    const { python } = setUpEnvironment("imagefiles", "test/imagefiles/requirements.txt");
    const path = join(folder, "slide.tif");
    const { code, output } = await finish(python, [join(root, "test/imagefiles/pyramid.py"), path]);
    expect(code, output).toBe(0);
    const places: number[] = JSON.parse(output);
    expect(statSync(path).size).toBeGreaterThan(50_000 ** 2);
    await openImage(path);
    const before = bytesRead();
    const slide = await openImage(path);
    // Offsets and lengths of all tiles, of 8 bytes each.
    expect(bytesRead() - before).toBeLessThan(2 ** 19);
    expect(slide.levels.map(({ shape }) => shape[0])).toEqual([50_000, 25_000, 12_500, 6250]);
    expect(slide.spacing).toEqual([0.5, 0.5]);

    const check = async (level: ImageLevel, place: number) => {
      const start = bytesRead();
      const part = await level.read([place - 1, place + 3], [place - 2, place + 2]);
      // Four tiles meet there; of the full resolution nothing else is read, of the others their list of tiles.
      expect(bytesRead() - start).toBeLessThan(4 * tile + 2 ** 17);
      expect(part.toArray()).toEqual([
        [0, 0, 0, 0],
        [0, 0, 0, 1],
        [0, 0, 1, 2],
        [0, 0, 2, 3],
      ]);
    };
    for (const [number, level] of slide.levels.entries()) await check(level, places[number]);
  },
);
