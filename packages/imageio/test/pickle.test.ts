import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type DType, NdArray } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import { ImageFileError, readPickle } from "../src/index";

/** A value as the Python script describes it. */
type Described =
  | { type: "array"; dtype: DType; shape: number[]; data: string[] }
  | { type: "list"; items: Described[] }
  | { type: "dict"; items: [Described, Described][] }
  | { type: "bytes"; data: number[] }
  | { type: "plain"; value: null | boolean | string }
  | { type: "int" | "float"; value: string };

interface Pickled {
  readonly title: string;
  /** By protocol, in base64. */
  readonly pickles: Record<string, string>;
}

const fixture: {
  read: (Pickled & { value: Described })[];
  refused: (Pickled & { name: string })[];
} = JSON.parse(gunzipSync(readFileSync(join(__dirname, "fixtures/pickles.json.gz"))).toString());

const decoded = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));
const textBytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

const integer = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));

/** What is read, in the script's description. */
function description(value: unknown): unknown {
  if (value instanceof NdArray) {
    const { dtype, shape, data } = value;
    return { dtype, shape, data: Array.from<number | bigint>(data) };
  }
  if (Array.isArray(value)) return value.map(description);
  if (value instanceof Map) return [...value].map(([key, item]) => [description(key), description(item)]);
  if (value instanceof Uint8Array) return { bytes: [...value] };
  return value;
}

/** The same of what the script wrote. */
function expected(value: Described): unknown {
  if (value.type === "array") {
    const { dtype, shape } = value;
    const big = dtype.endsWith("64") && dtype !== "float64";
    return { dtype, shape, data: value.data.map((text) => (big ? BigInt(text) : Number(text))) };
  }
  if (value.type === "list") return value.items.map(expected);
  if (value.type === "dict") return value.items.map((pair) => pair.map(expected));
  if (value.type === "bytes") return { bytes: value.data };
  if (value.type === "plain") return value.value;
  return value.type === "float" ? Number(value.value) : integer(value.value);
}

describe("readPickle() reads what Python wrote:", () => {
  for (const { title, pickles, value } of fixture.read) {
    test(title, () => {
      for (const [protocol, base64] of Object.entries(pickles)) {
        expect(description(readPickle(decoded(base64))), `protocol ${protocol}`).toEqual(expected(value));
      }
    });
  }
});

describe("readPickle() refuses by name:", () => {
  for (const { title, pickles, name } of fixture.refused) {
    test(title, () => {
      for (const [protocol, base64] of Object.entries(pickles)) {
        // Sets and ordered dicts have operations of their own in some protocols.
        const names = title === "a set" ? /set|SET/ : name;
        expect(() => readPickle(decoded(base64)), `protocol ${protocol}`).toThrow(names);
        expect(() => readPickle(decoded(base64)), `protocol ${protocol}`).toThrow("Cannot read the pickle: ");
      }
    });
  }

  test("what runs code, written by hand", () => {
    const refused = (pickle: string) => expect(() => readPickle(textBytes(pickle)));
    refused("\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.").toThrow("os.system");
    refused("\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R.").toThrow("os.system");
    refused("cbuiltins\neval\n.").toThrow("builtins.eval");
    refused("ios\nsystem\n.").toThrow("INST");
    refused("\x80\x02X\x01\x00\x00\x00a)\x81.").toThrow("NEWOBJ");
    refused("\x80\x02X\x01\x00\x00\x00aQ.").toThrow("BINPERSID");
    refused("\x80\x02\x82\x01.").toThrow("EXT1");
    refused("\x80\x02cnumpy\nndarray\n)R.").toThrow("numpy.ndarray");
    refused("\x80\x02X\x01\x00\x00\x00a)R.").toThrow("a call must have a name");
    refused("\x80\x02c__builtin__\nbytes\nK\x05\x85R.").toThrow("__builtin__.bytes");
    refused("\x80\x02]}b.").toThrow("may have a state");
    for (const name of ["constructor", "__proto__", "toString"])
      refused(`c${name}\n${name}\n.`).toThrow(name);
  });
});

test("readPickle() reads a transposed array of numpy 2.4, protocol 5", () => {
  // pickle.dumps(np.arange(24, dtype="uint8").reshape(2, 3, 4).transpose(2, 0, 1), 5)
  const array = readPickle(
    decoded(
      "gAWVmAAAAAAAAACME251bXB5Ll9jb3JlLm51bWVyaWOUjAtfZnJvbWJ1ZmZlcpSTlCiWGAAAAAAAAAAAAQIDBAUGBwgJCgsMDQ4PEBESExQVFheUjAVudW1weZSMBWR0eXBllJOUjAJ1MZSJiIeUUpQoSwOMAXyUTk5OSv////9K/////0sAdJRiSwJLA0sEh5SMAUuUSwJLAEsBh5R0lFKULg==",
    ),
  ) as NdArray;
  expect(array.shape).toEqual([4, 2, 3]);
  expect(Array.from(array.data)).toEqual([
    0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23,
  ]);
});

test("readPickle() gives one array for one array, with memory of its own", () => {
  const { pickles } = fixture.read.find(({ title }) => title === "one array twice")!;
  const bytes = decoded(pickles[5]!);
  const [first, second] = readPickle(bytes) as NdArray[];
  expect(second).toBe(first);
  const value = first!.get(0, 0);
  bytes.fill(0);
  expect(first!.get(0, 0)).toBe(value);
});

test("readPickle() reads a Buffer and a part of one", () => {
  const bytes = Buffer.concat([Buffer.from("xxx"), Buffer.from("\x80\x04C\x02ab.", "latin1")]);
  const read = readPickle(bytes.subarray(3)) as Uint8Array;
  expect(read.constructor).toBe(Uint8Array);
  expect([...read]).toEqual([97, 98]);
});

test("readPickle() reads lists in lists, deeper than a stack of calls", () => {
  const depth = 100_000;
  let value = readPickle(textBytes(`\x80\x02${"]".repeat(depth)}${"a".repeat(depth - 1)}.`));
  let found = 0;
  for (; Array.isArray(value); value = value[0]) found++;
  expect(found).toBe(depth);
});

test("readPickle() reads a list that holds itself", () => {
  const list = readPickle(textBytes("\x80\x02]q\x00h\x00a.")) as unknown[];
  expect(list[0]).toBe(list);
});

describe("readPickle() refuses damage:", () => {
  const refused = (pickle: string) => expect(() => readPickle(textBytes(pickle)));

  test("every beginning of a pickle", () => {
    for (const { title, pickles } of fixture.read.filter(({ title }) => title !== "many values")) {
      for (const base64 of Object.values(pickles)) {
        const bytes = decoded(base64);
        for (let length = 0; length < bytes.length; length++) {
          expect(() => readPickle(bytes.subarray(0, length)), `${title}, ${length} bytes`).toThrow(
            ImageFileError,
          );
        }
      }
    }
  });

  test("lengths beyond the end", () => {
    for (const start of ["X\xff\xff\xff\xff", "B\xff\xff\xff\xff", "C\xff", "\x8c\xff", "\x8a\xff"])
      refused(`\x80\x04${start}ab.`).toThrow("it must be whole");
    for (const code of ["\x8d", "\x8e", "\x96", "\x95"])
      refused(`\x80\x04${code}${"\xff".repeat(8)}ab.`).toThrow("it must be whole");
  });

  test("missing values, marks and references", () => {
    refused(".").toThrow("too few");
    refused("a.").toThrow("too few");
    refused("]a.").toThrow("too few");
    refused("]t.").toThrow("mark");
    refused("](K\x01a.").toThrow("too few");
    refused("h\x00.").toThrow("reference");
    refused("j\xff\xff\xff\xff.").toThrow("reference");
    refused("\x94.").toThrow("too few");
    refused("}(K\x01u.").toThrow("each key must have a value");
    refused("}]K\x01s.").toThrow("keys must be");
    refused(")K\x01a.").toThrow("values must go to a list");
    refused("}K\x01a.").toThrow("values must go to a list");
    refused("]K\x01K\x02s.").toThrow("keys must go to a dict");
  });

  test("more than one value, and what follows the end", () => {
    refused("NN.").toThrow("it must hold one value");
    refused("(N.").toThrow("it must hold one value");
    refused("N(.").toThrow("too few");
    refused("N.N").toThrow("nothing may follow its end");
  });

  test("protocols that don't exist, unknown operations, text that is none", () => {
    refused("\x80\x06N.").toThrow("the protocol must be 0 to 5");
    refused("\xffN.").toThrow("the byte 255");
    refused("I01\n.").toThrow("INT");
    refused("\x8b\xff\xff\xff\x7f").toThrow("LONG4");
    refused("\x8c\x01\xff.").toThrow("UTF-8");
    refused("c_codecs\nencode\n\x8c\x02\xc4\x80\x8c\x06latin1\x86R.").toThrow("latin1");
    refused("c_codecs\nencode\n\x8c\x01a\x8c\x05utf-8\x86R.").toThrow("utf-8");
  });

  const dtype =
    "cnumpy\ndtype\n\x8c\x02u1\x89\x88\x87R(K\x03\x8c\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb";
  const frombuffer = "cnumpy._core.numeric\n_frombuffer\n";

  test("arrays whose bytes are not their shape's", () => {
    const array = (shape: string, order = "C") =>
      `${frombuffer}(C\x04abcd${dtype}${shape}\x8c\x01${order}tR.`;
    expect((readPickle(textBytes(array("K\x02K\x02\x86"))) as NdArray).toArray()).toEqual([
      [97, 98],
      [99, 100],
    ]);
    refused(array("K\x02K\x03\x86")).toThrow("must have 6 bytes, got 4");
    refused(array("J\xff\xff\xff\xffJ\xfc\xff\xff\xff\x86")).toThrow("whole numbers");
    refused(array("K\x02")).toThrow("whole numbers");
    refused(array(`(${"J\xff\xff\xff\x7f".repeat(64)}K\x00t`)).toThrow("whole numbers");
    refused(array(`(${"J\xff\xff\xff\x7f".repeat(63)}K\x00t`)).toThrow("must have NaN bytes");
    refused(array("K\x02K\x02\x86", "K")).toThrow("must be C, F, or K with axes");
    refused(`cnumpy._core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85C\x01b\x87R.`).toThrow(
      "each array must have its elements",
    );
  });

  test("references that multiply bytes or values", () => {
    const text = "a".repeat(50_000);
    const encode = "h\x00h\x01h\x02\x86R";
    const start = `c_codecs\nencode\nq\x00X\x50\xc3\x00\x00${text}q\x01\x8c\x06latin1q\x02`;
    refused(`((${start}${encode.repeat(50_000)}t.`).toThrow("larger than the file");
    const bytes = `B\x50\xc3\x00\x00${text}q\x00${dtype}q\x01${frombuffer}q\x02M\x50\xc3\x85q\x03\x8c\x01Cq\x04`;
    refused(`((${bytes}${"h\x02(h\x00h\x01h\x03h\x04tR".repeat(50_000)}t.`).toThrow("larger than the file");
    // 60 pairs of pairs, which as text would have 2^60 parts.
    const pairs = Array.from({ length: 60 }, (_, at) => {
      const [from, to] = [String.fromCharCode(at), String.fromCharCode(at + 1)];
      return `h${from}h${from}\x86q${to}`;
    }).join("");
    const nested = `)q\0${pairs}${frombuffer}(C\x04abcd${dtype}`;
    refused(`${nested}h\x3c\x8c\x01CtR.`).toThrow("whole numbers");
    refused(`${nested}K\x04\x85h\x3ctR.`).toThrow("must be C, F");
    refused("}".repeat(3_000_000)).toThrow("there may be 2097152 values");
    refused("(".repeat(3_000_000)).toThrow("there may be 2097152 marks");
  });

  test("random changes, which give a value or an error, and end", () => {
    // Numerical Recipes' linear congruential generator.
    let state = 20_260;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const small = fixture.read
      .flatMap(({ pickles }) => Object.values(pickles).map(decoded))
      .filter(({ length }) => length < 1000);
    for (let run = 0; run < 20_000; run++) {
      const bytes = small[random(small.length)]!.slice();
      for (let changes = 1 + random(4); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
      try {
        readPickle(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ImageFileError);
      }
    }
  });
});

test("readPickle() refuses what is no Uint8Array", () => {
  expect(() => readPickle(JSON.parse('"text"'))).toThrow("bytes must be a Uint8Array, got string");
});
