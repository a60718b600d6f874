/** An input or output of an ONNX file; element types by ONNX's number, 1 = float32. */
export interface FileTensor {
  readonly name: string;
  readonly type: number;
  /** Length of each axis, or the name of one of any length; undefined: unknown axes. */
  readonly shape?: readonly (number | string)[];
}

export interface FileNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface OnnxFile {
  readonly inputs: readonly FileTensor[];
  readonly outputs: readonly FileTensor[];
  readonly nodes: readonly FileNode[];
  /** Names of float32 weights of one element, 1; listed among the inputs too, as in old files. */
  readonly weights?: readonly string[];
  /** Bytes of further weights, to make the file large. */
  readonly padding?: number;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left];
    bytes.push((left % 128) | 128);
  }
}

const number = (field: number, value: number): Buffer =>
  Buffer.from([...varint(field * 8), ...varint(value)]);

function bytes(field: number, content: string | Uint8Array): Buffer {
  const data = Buffer.from(content);
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(data.length)]), data]);
}

const message = (field: number, ...parts: readonly Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const tensor = (field: number, { name, type, shape }: FileTensor): Buffer => {
  const axes = shape?.map((length) =>
    message(1, typeof length === "number" ? number(1, length) : bytes(2, length)),
  );
  return message(
    field,
    bytes(1, name),
    message(2, message(1, number(1, type), ...(axes ? [message(2, ...axes)] : []))),
  );
};

const weight = (name: string): Buffer =>
  message(5, number(1, 1), number(2, 1), bytes(9, Buffer.from(Float32Array.of(1).buffer)), bytes(8, name));

/** The bytes of an ONNX file. */
export function onnxFile({ inputs, outputs, nodes, weights = [], padding = 0 }: OnnxFile): Buffer {
  const graph = message(
    7,
    ...nodes.map(({ type, inputs, outputs }) =>
      message(
        1,
        ...inputs.map((name) => bytes(1, name)),
        ...outputs.map((name) => bytes(2, name)),
        bytes(4, type),
      ),
    ),
    bytes(2, "test"),
    ...(padding > 0
      ? [message(5, number(1, padding), number(2, 2), bytes(9, Buffer.alloc(padding)), bytes(8, "p"))]
      : []),
    ...weights.map(weight),
    ...[...inputs, ...weights.map((name) => ({ name, type: 1, shape: [1] }))].map((one) => tensor(11, one)),
    ...outputs.map((one) => tensor(12, one)),
  );
  return Buffer.concat([number(1, 8), graph, message(8, bytes(1, ""), number(2, 17))]);
}

/** A network that gives each input back under another name: `x` as `y`, or `x0` as `y0`. */
export function identity(inputs: readonly FileTensor[], padding?: number): Buffer {
  const output = (name: string) => name.replace(/^x/, "y");
  return onnxFile({
    inputs,
    outputs: inputs.map((input) => ({ ...input, name: output(input.name) })),
    nodes: inputs.map(({ name }) => ({ type: "Identity", inputs: [name], outputs: [output(name)] })),
    padding,
  });
}
