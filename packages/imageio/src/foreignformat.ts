const bytesOf = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** How the files of formats begin that need other programs: where, and with which bytes. */
const signatures: readonly (readonly [format: string, offset: number, bytes: readonly number[]])[] = [
  ["a Zeiss CZI file", 0, bytesOf("ZISRAWFILE")],
  ["a Nikon ND2 file", 0, [0xda, 0xce, 0xbe, 0x0a]],
  ["a Leica LIF file", 0, [0x70, 0, 0, 0]],
  ["an Olympus OIB or Zeiss ZVI file", 0, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["an HDF5 file, as Imaris, BigDataViewer and ilastik write them", 0, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a]],
  ["a DICOM file", 128, bytesOf("DICM")],
  ["an MRC file", 208, bytesOf("MAP ")],
  ["a JPEG 2000 file", 4, bytesOf("jP  ")],
  ["a film", 4, bytesOf("ftyp")],
  ["a film", 8, bytesOf("AVI ")],
];

/** The format of a microscope's or another program's file, by how it begins; undefined for any other. */
function formatOf(head: Uint8Array): string | undefined {
  return signatures.find(([, offset, bytes]) => bytes.every((byte, i) => head[offset + i] === byte))?.[0];
}

/** How a text begins; undefined if the bytes are none. */
function textOf(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head);
  // Control letters are those of binary files; the last letter may be cut.
  const isText = head.length > 0 && !/[^\P{Cc}\s]|\ufffd/u.test(text.slice(0, -1));
  return isText ? text.trim().replace(/\s+/g, " ") : undefined;
}

/**
 * What bytes are that no reader here knows, in words, with the way to an image that can be read.
 *
 * @param head the first bytes, 352 if there are that many
 * @param path of the file; undefined for bytes in memory
 * @returns undefined if it is not known
 */
export function foreignFormat(head: Uint8Array, path: string | undefined): string | undefined {
  const format = formatOf(head);
  if (format !== undefined) {
    const file = path ?? "image";
    const command = `bfconvert "${file}" "${file.replace(/\.[^./\\]+$/, "")}.ome.tif"`;
    return `${format}; save it as OME-TIFF, in Fiji (Plugins > Bio-Formats > Bio-Formats Exporter) or with Bio-Formats' command: ${command}`;
  }
  const text = textOf(head);
  return text === undefined ? undefined : `text: ${text.slice(0, 40)}${text.length > 40 ? "…" : ""}`;
}
