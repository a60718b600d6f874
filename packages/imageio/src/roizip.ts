import { type ByteSource, checkSource, nameOf, withSource } from "./bytesource";
import { fileError } from "./openedimage";
import { decodeRoi, encodeRoi, type Roi } from "./roi";
import { checkPath, writeError, writeParts } from "./writefile";
import { encodeZip, isZip, readZip, readZipEntry } from "./zip";

/** Files that an archive counts in 16 bits. */
const MOST = 65535;

/**
 * Write regions of interest for ImageJ's and Fiji's ROI Manager.
 *
 * @param path ending in .zip
 * @param rois names that differ, and outlines
 * @throws {RangeError} if the name ends otherwise, or a place is beyond 32767
 * @throws {TypeError} if there is no path or no list
 * @throws {ImageFileError} if the file can't be written
 * @example
 * await writeRoiZip("rois.zip", [{ name: "1", rings: [[[0, 0], [0, 2], [2, 2]]], plane: undefined }]);
 */
export async function writeRoiZip(path: string, rois: readonly Roi[]): Promise<void> {
  checkPath(path, 'writeRoiZip("rois.zip", rois)');
  if (!Array.isArray(rois)) {
    throw new TypeError(`Cannot write ${path}: a list of regions is needed, got ${typeof rois}`);
  }
  if (!path.toLowerCase().endsWith(".zip")) {
    throw new RangeError(`Cannot write ${path}: the name must end in .zip, got ${nameOf(path)}`);
  }
  if (rois.length > MOST) {
    throw new RangeError(`Cannot write ${path}: there must be at most ${MOST} regions, got ${rois.length}`);
  }
  try {
    await writeParts(path, await encodeZip(rois.map((roi) => [`${roi.name}.roi`, encodeRoi(roi)] as const)));
  } catch (cause) {
    throw writeError(path, cause);
  }
}

async function roisIn(source: ByteSource): Promise<Roi[]> {
  const head = await source.read(0, Math.min(4, source.size));
  if (!isZip(head)) return [decodeRoi(await source.read(0, source.size), "1")];
  const entries = (await readZip(source)).filter(({ name }) => name.toLowerCase().endsWith(".roi"));
  const rois: Roi[] = [];
  for (const entry of entries) {
    const name = entry.name.replace(/^.*\//, "").replace(/\.roi$/i, "");
    try {
      rois.push(decodeRoi(await readZipEntry(source, entry), name));
    } catch (cause) {
      throw new Error(`${name}: ${(cause as Error).message}`, { cause });
    }
  }
  return rois;
}

/**
 * Read regions of interest that ImageJ or Fiji saved: of the ROI Manager (.zip), or one (.roi).
 *
 * @param source path of the file, or its bytes
 * @returns the regions in the file's order, ovals as polygons of 360 corners
 * @throws {ImageFileError} if the file is missing or damaged, or a region is no area, but a line or point
 * @throws {TypeError} if `source` is neither a path nor bytes
 * @example
 * const [first] = await readRoiZip("RoiSet.zip");
 */
export async function readRoiZip(source: string | Uint8Array): Promise<Roi[]> {
  checkSource(source, "the regions");
  try {
    return await withSource(source, roisIn);
  } catch (cause) {
    throw fileError(nameOf(source), cause);
  }
}
