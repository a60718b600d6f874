import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkConfig } from "../src/config/modelcheck";
import { readModelConfig } from "../src/config/modelconfig";
import { configOf, metadataOf } from "../src/config/modeldescription";
import { type ProtoField, type ProtoValue, parseTextProto } from "../src/config/textproto";
import { TextProtoError } from "../src/config/textprototoken";
import { onnxModel } from "../src/onnxmodel";

interface Recorded {
  readonly name: string;
  readonly text: string;
  /** Whether Triton could read it. */
  readonly read: boolean;
  readonly versions: readonly number[];
  readonly index: readonly { readonly version?: string; readonly state?: string; readonly reason?: string }[];
  readonly config: string;
  readonly metadata: string;
}

const recorded: { readonly configs: readonly Recorded[] } = JSON.parse(
  readFileSync(join(__dirname, "fixtures/modelrepository.json"), "utf8"),
);

/** The same for a network in ONNX. */
const asOnnx = (text: string): string =>
  text
    .replaceAll('"platform":""', '"platform":"onnxruntime_onnx"')
    .replaceAll('"platform":"python"', '"platform":"onnxruntime_onnx"')
    .replaceAll('"backend":"python"', '"backend":"onnxruntime"')
    .replaceAll('"default_model_filename":"model.py"', '"default_model_filename":"model.onnx"')
    .replaceAll('"enable":true', '"enable":false');

const modelOf = ({ name, text }: Recorded) =>
  onnxModel(
    {
      ...readModelConfig(text),
      name,
      platform: "onnxruntime_onnx",
      backend: "onnxruntime",
      default_model_filename: "model.onnx",
    },
    "1",
    "model.onnx",
  );

// What Triton refuses after it has read it.
const misread = new Set(["other-name", "negative-batch"]);

test.each(recorded.configs.filter(({ name }) => !misread.has(name)))(
  "readModelConfig() reads the recorded $name if a real Triton reads it, and else names a line",
  ({ read, text }) => {
    if (read) expect(readModelConfig(text)).toMatchObject({ max_batch_size: expect.any(Number) });
    else expect(() => readModelConfig(text)).toThrow(/^line \d+: /);
  },
);

test.each(recorded.configs.filter(({ config }) => config.startsWith('{"name"')))(
  "configOf() and metadataOf() answer for the recorded $name what a real Triton answers",
  (one) => {
    const model = modelOf(one);
    const config = configOf(model);
    // The order of protobuf's maps is any.
    if (one.name === "strings") expect(config).toEqual(JSON.parse(asOnnx(one.config)));
    else expect(JSON.stringify(config)).toBe(asOnnx(one.config));
    const versions = JSON.parse(one.metadata).versions;
    expect(JSON.stringify(metadataOf(model, versions))).toBe(asOnnx(one.metadata));
  },
);

test.each(recorded.configs.filter(({ name, index }) => index[0]?.reason && name !== "broken"))(
  "checkConfig() refuses the recorded $name, as a real Triton does",
  ({ name, text }) => {
    const config = { ...readModelConfig(text), backend: "onnxruntime" };
    expect(() => checkConfig(config, name)).toThrow(/^config\.pbtxt: /);
  },
);

const tensors = `input { name: "x" data_type: TYPE_FP32 dims: [ -1 ] }
output { name: "y" data_type: TYPE_FP32 dims: [ -1 ] }`;

test.each([
  ['name: "b"', "name must be that of its folder, a, got b"],
  ["ensemble_scheduling { step { } }", "the model must be one network, got an ensemble"],
  ['platform: "ensemble"', "the model must be one network, got an ensemble"],
  ['backend: "tensorrt"', "backend must be onnxruntime, got tensorrt"],
  ['platform: "pytorch_libtorch"', "platform must be onnxruntime_onnx, got pytorch_libtorch"],
  [
    "sequence_batching { } dynamic_batching { }",
    "requests must be joined by one of sequence_batching and dynamic_batching, got both",
  ],
  [
    "sequence_batching { iterative_sequence: true }",
    "a request must have one answer, got iterative_sequence: true",
  ],
  ["model_transaction_policy { decoupled: true }", "a request must have one answer, got decoupled: true"],
  ["instance_group { kind: KIND_GPU }", "instance_group must be on the processor, KIND_CPU, got KIND_GPU"],
  [
    'default_model_filename: "../../m.onnx"',
    "default_model_filename must be a file's name, got ../../m.onnx",
  ],
  [
    'input { name: "z" data_type: TYPE_FP32 dims: 1 optional: true }',
    "input z must be required, got optional: true",
  ],
])("checkConfig() says why it can't serve %s", (text, reason) => {
  expect(() => checkConfig(readModelConfig(`${tensors}\n${text}`), "a")).toThrow(`config.pbtxt: ${reason}`);
});

test("checkConfig() lets pass what only makes a model faster", () => {
  const text = `${tensors} dynamic_batching { } instance_group { count: 2 }
    optimization { execution_accelerators { gpu_execution_accelerator : [ { name : "tensorrt" } ] } }
    model_warmup { name: "a" batch_size: 1 }`;
  expect(() => checkConfig(readModelConfig(text), "a")).not.toThrow();
});

test("readModelConfig() names the line and the field", () => {
  expect(() => readModelConfig("max_batch_size: 1\ninput {\n  nam: 3\n}")).toThrow(
    "line 3: the fields of input must be among name, data_type, format, dims, reshape, is_shape_tensor, allow_ragged_batch, optional, is_non_linear_format_io, got nam; did you mean name?",
  );
  expect(() => readModelConfig("max_batch_size: 1.5")).toThrow(
    "line 1: max_batch_size must be a whole number, got 1.5",
  );
});

// The text is written by these tests, in any of the ways that the format allows, and read again.

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const gap = fc.constantFrom("", " ", "\n", "\t", " # a comment with { \" and ' \n", "\r\n");
const wide = gap.map((text) => ` ${text}`);

interface Written {
  readonly value: ProtoValue;
  readonly text: string;
}

const escapes: Record<string, string> = { "\n": "\\n", "\\": "\\\\", '"': '\\"', "'": "\\'" };

function quotedText(text: string, quote: string, style: number): string {
  const inside = [...text].map((character) => {
    if (style === 1) return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16)}`).join('" "');
    const octal = (byte: number) => `\\${byte.toString(8).padStart(3, "0")}`;
    if (style === 2) return [...Buffer.from(character)].map(octal).join("");
    if (character === quote || character === "\\" || character === "\n") return escapes[character];
    return character;
  });
  // A hex escape would swallow a digit that follows: each in a string of its own.
  return style === 1 ? `"${inside.join('" "')}"` : `${quote}${inside.join("")}${quote}`;
}

const asciiOrAny = fc.oneof(fc.string({ unit: "grapheme" }), fc.string());

const scalar: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(asciiOrAny, fc.constantFrom('"', "'"), fc.integer({ min: 0, max: 2 }))
    // A string of hex escapes may cut a character in two: bytes of one string only.
    .map(([text, quote, style]) => ({
      value: { kind: "string" as const, text, line: 0 },
      text: quotedText(text, quote, style === 1 && /[^ -~]/.test(text) ? 2 : style),
    })),
  fc.integer().map((number) => ({
    value: { kind: "number" as const, text: String(number), line: 0 },
    text: String(number),
  })),
  name.map((word) => ({ value: { kind: "word" as const, text: word, line: 0 }, text: word })),
);

const { fields } = fc.letrec<{ fields: { fields: ProtoField[]; text: string }; message: Written }>((tie) => ({
  message: fc.tuple(tie("fields"), fc.boolean()).map(([{ fields, text }, angle]) => ({
    value: { kind: "message" as const, fields, line: 0 },
    text: angle ? `<${text}>` : `{${text}}`,
  })),
  fields: fc
    .array(
      fc.tuple(
        name,
        fc.oneof(
          { maxDepth: 4, withCrossShrink: true },
          scalar.map((one) => ({ items: [one], list: false, colon: true })),
          fc
            .tuple(tie("message"), fc.boolean())
            .map(([one, colon]) => ({ items: [one], list: false, colon })),
          fc.array(scalar, { maxLength: 4 }).map((items) => ({ items, list: true, colon: true })),
          fc
            .tuple(fc.array(tie("message"), { maxLength: 3 }), fc.boolean())
            .map(([items, colon]) => ({ items, list: true, colon })),
        ),
        fc.constantFrom("", ";", ","),
        gap,
        wide,
      ),
      { maxLength: 4 },
    )
    .map((all) => ({
      fields: all.map(([name, { items }]) => ({ name, values: items.map(({ value }) => value), line: 0 })),
      text: all
        .map(([name, { items, list, colon }, separator, before, after]) => {
          const texts = items.map(({ text }) => text);
          const value = list ? `[${texts.join(`,${before}`)}${before}]` : texts[0];
          return `${before}${name}${before}${colon ? ":" : ""}${before}${value}${after}${separator}`;
        })
        .join(" "),
    })),
}));

const withoutLines = (fields: readonly ProtoField[]): unknown =>
  fields.map(({ name, values }) => ({
    name,
    values: values.map((value) =>
      value.kind === "message"
        ? { message: withoutLines(value.fields) }
        : { kind: value.kind, text: value.text },
    ),
  }));

test("parseTextProto() reads what is written, in all ways of the format", () => {
  fc.assert(
    fc.property(fields, ({ fields, text }) => {
      expect(withoutLines(parseTextProto(text))).toEqual(withoutLines(fields));
    }),
  );
});

test("parseTextProto() reads any text or names a line of it", () => {
  const piece = fc.constantFrom(..."{}<>[]:;,-#\"'\\ \n", "a", "dims", "0x1", "1e5", '"a\\x4"', "\\u12", "é");
  const anyText = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        parseTextProto(text);
      } catch (error) {
        expect(error).toBeInstanceOf(TextProtoError);
        expect((error as TextProtoError).line).toBeLessThanOrEqual(text.split("\n").length);
      }
    }),
    { numRuns: 2000 },
  );
});

test("parseTextProto() refuses messages that are nested too deep", () => {
  expect(() => parseTextProto("a{".repeat(100_000))).toThrow("messages are nested too deep");
});
