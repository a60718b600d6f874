import { crc32 } from "node:zlib";

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3: a header and the bytes of each file, the directory,
// its end.
const headerSize = 30;
const entrySize = 46;
const endSize = 22;

/** What a file's header and its entry in the directory have in common. */
function common(name: Buffer, bytes: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0); // readers of version 2.0 suffice
  fields.writeUInt16LE(0x0800, 2); // names are UTF-8
  fields.writeUInt16LE((1 << 5) | 1, 8); // 1980-01-01, the first day that there is
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

/**
 * A zip file: the files as they are, uncompressed, since a network's weights hardly shrink. The same files give the
 * same bytes.
 *
 * @param files contents by path, `/` between folders; not modified
 * @throws {RangeError} if there are more than 65535 files or 4 GiB
 * @example
 * writeFileSync("model.zip", writeZip(new Map([["rdf.yaml", new TextEncoder().encode("type: model")]])));
 */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const [parts, entries]: [Uint8Array[], Uint8Array[]] = [[], []];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const fields = common(name, bytes);
    const header = Buffer.alloc(headerSize);
    header.write("PK\x03\x04", "latin1");
    fields.copy(header, 4);
    const entry = Buffer.alloc(entrySize);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt16LE(20, 4);
    fields.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    parts.push(header, name, bytes);
    entries.push(entry, name);
    offset += headerSize + name.length + bytes.length;
  }
  const end = Buffer.alloc(endSize);
  end.write("PK\x05\x06", "latin1");
  for (const position of [8, 10]) end.writeUInt16LE(files.size, position);
  end.writeUInt32LE(
    entries.reduce((size, { length }) => size + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...entries, end]);
}
