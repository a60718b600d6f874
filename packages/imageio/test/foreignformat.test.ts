import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imread } from "../src/index";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foreign-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** How the formats' own descriptions say that their files begin. */
const heads: Record<string, [name: string, head: string, offset: number]> = {
  czi: ["Zeiss CZI", "ZISRAWFILE", 0],
  nd2: ["Nikon ND2", "\xda\xce\xbe\x0a", 0],
  lif: ["Leica LIF", "\x70\0\0\0", 0],
  oib: ["Olympus OIB", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0],
  ims: ["HDF5", "\x89HDF\r\n\x1a\n", 0],
  dcm: ["DICOM", "DICM", 128],
  mrc: ["MRC", "MAP ", 208],
  jp2: ["JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n", 0],
  mp4: ["film", "ftypisom", 4],
};

for (const [extension, [name, head, offset]] of Object.entries(heads)) {
  test(`imread() says that a .${extension} file is to be saved as OME-TIFF`, async () => {
    const path = join(folder, `cells.${extension}`);
    const bytes = Buffer.alloc(1000);
    bytes.write(head, offset, "latin1");
    writeFileSync(path, bytes);
    const stem = join(folder, "cells");
    await expect(imread(path)).rejects.toThrow(
      new RegExp(`^Cannot read ${path}: it must be a TIFF, .*${name}`),
    );
    await expect(imread(path)).rejects.toThrow(`bfconvert "${path}" "${stem}.ome.tif"`);
    await expect(imread(bytes)).rejects.toThrow(name);
  });
}

test("imread() shows how a text begins that is given for an image", async () => {
  const path = join(folder, "cells.tif");
  writeFileSync(path, '<!DOCTYPE html>\n<html><body>Sign in to download "cells.tif"</body></html>');
  await expect(imread(path)).rejects.toThrow("got text: <!DOCTYPE html> <html><body>Sign in to d…");
});

test("imread() names an image of a folder that is none itself", async () => {
  const images = join(folder, "images");
  mkdirSync(images);
  await expect(imread(images)).rejects.toThrow(`Cannot read ${images}: a folder must be`);
  await expect(imread(images)).rejects.toThrow("got one with nothing in it");
  for (const name of ["notes.md", "b.tif", "a.png"]) writeFileSync(join(images, name), "");
  await expect(imread(images)).rejects.toThrow(
    `got one with a.png, b.tif; read a file of it: imread("${join(images, "a.png")}")`,
  );
});
