import { crc32cCodec } from "./crc32c";
import { viewOf } from "./dataview";

// An ES module, which a CommonJS one can only load like this; it is heavy anyway.
const load = (): Promise<Zarr> => import("zarrita");

/** The library that reads Zarr. */
export type Zarr = typeof import("zarrita", { with: { "resolution-mode": "import" }});

type CodecEntry = Awaited<ReturnType<NonNullable<ReturnType<Zarr["registry"]["get"]>>>>;

// Of Blosc's 16 bytes of header, the last four say how long it is with them.
const BLOSC_HEADER = 16;

/** Blosc with a look at its length, without which its decoder would take what lies behind it in the memory. */
const checkedBlosc = (blosc: CodecEntry): CodecEntry => ({
  fromConfig(config, meta) {
    const codec = blosc.fromConfig(config, meta);
    const decode = (bytes: Uint8Array) => {
      const length = bytes.length < BLOSC_HEADER ? BLOSC_HEADER : viewOf(bytes).getUint32(12, true);
      if (bytes.length < length) {
        throw new Error(`it has ${bytes.length} bytes where ${length} are announced; it is not whole`);
      }
      return codec.decode(bytes);
    };
    return { kind: codec.kind, encode: (bytes: Uint8Array) => codec.encode(bytes), decode };
  },
});

async function loadChecked(): Promise<Zarr> {
  const zarr = await load();
  const { registry } = zarr;
  registry.set("crc32c", async () => ({ fromConfig: () => crc32cCodec }));
  for (const name of ["blosc", "numcodecs.blosc"]) {
    const blosc = registry.get(name);
    if (blosc !== undefined) registry.set(name, async () => checkedBlosc(await blosc()));
  }
  return zarr;
}

let loaded: Promise<Zarr> | undefined;

/** The library, with codecs that refuse what is damaged. */
export function loadZarr(): Promise<Zarr> {
  loaded ??= loadChecked();
  return loaded;
}
