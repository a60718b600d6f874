import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Datatype } from "@bioengine/triton";

/** An input or output as an ONNX file declares it. */
export interface OnnxTensor {
  readonly name: string;
  readonly datatype: Datatype;
  /** Length of each axis, -1 for any; undefined if the file doesn't say. */
  readonly shape: readonly number[] | undefined;
}

/** What an ONNX file takes and gives. */
export interface OnnxHeader {
  readonly inputs: readonly OnnxTensor[];
  readonly outputs: readonly OnnxTensor[];
}

// TensorProto.DataType of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const datatypes: readonly (Datatype | undefined)[] = [
  ...([undefined, "FP32", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "BYTES", "BOOL"] as const),
  ...(["FP16", "FP64", "UINT32", "UINT64"] as const),
];

/** A field of a message: its number, and its value or where its bytes lie. */
interface Field {
  readonly number: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** Reads here and there in a file of any size, a window at a time. */
class ProtobufFile {
  private window: Buffer = Buffer.alloc(0);
  private windowStart = 0;

  constructor(
    private readonly file: number,
    private readonly size: number,
  ) {}

  private byte(position: number): number {
    if (position < this.windowStart || position >= this.windowStart + this.window.length) {
      const window = Buffer.alloc(Math.min(65536, this.size - position));
      this.window = window.subarray(0, readSync(this.file, window, 0, window.length, position));
      this.windowStart = position;
      if (this.window.length === 0) throw new RangeError("the file must be whole, got one that is cut off");
    }
    return this.window[position - this.windowStart];
  }

  /** A number, and where it ends; one of more than 53 bits, as of a negative int64, is rounded. */
  private varint(position: number, end: number): [number, number] {
    let value = 0;
    for (let index = 0; index < 10 && position + index < end; index++) {
      const byte = this.byte(position + index);
      value += (byte & 127) * 2 ** (7 * index);
      if (byte < 128) return [value, position + index + 1];
    }
    throw new RangeError(`the file must be ONNX, got a broken number at byte ${position}`);
  }

  /** The fields of a message. */
  *fields(start: number, end: number): Generator<Field> {
    for (let position = start; position < end; ) {
      const [tag, afterTag] = this.varint(position, end);
      const [number, wire] = [Math.floor(tag / 8), tag % 8];
      let field: Field;
      if (wire === 0) {
        const [value, after] = this.varint(afterTag, end);
        field = { number, value, start: after, end: after };
      } else if (wire === 2) {
        const [length, after] = this.varint(afterTag, end);
        field = { number, value: length, start: after, end: after + length };
      } else if (wire === 1 || wire === 5) {
        field = { number, value: 0, start: afterTag, end: afterTag + (wire === 1 ? 8 : 4) };
      } else throw new RangeError(`the file must be ONNX, got field type ${wire} at byte ${position}`);
      if (field.end > end) throw new RangeError("the file must be whole, got one that is cut off");
      yield field;
      position = field.end;
    }
  }

  text({ start, end }: Field): string {
    if (end - start > 65536) throw new RangeError(`a name must have at most 65536 bytes, got ${end - start}`);
    const bytes = Uint8Array.from({ length: end - start }, (_, index) => this.byte(start + index));
    return new TextDecoder().decode(bytes);
  }

  /** The last field of a number, which is the one that counts. */
  last(message: Field | undefined, number: number): Field | undefined {
    if (message === undefined) return undefined;
    let found: Field | undefined;
    for (const field of this.fields(message.start, message.end)) if (field.number === number) found = field;
    return found;
  }

  /** A ValueInfoProto. */
  tensor(info: Field): OnnxTensor {
    const nameField = this.last(info, 1);
    const name = nameField === undefined ? "" : this.text(nameField);
    const type = this.last(this.last(info, 2), 1);
    const element = this.last(type, 1)?.value ?? 0;
    const datatype = datatypes[element];
    if (datatype === undefined) {
      throw new TypeError(`${name} must be a tensor of numbers or strings, got ONNX's type ${element}`);
    }
    return { name, datatype, shape: this.shape(this.last(type, 2)) };
  }

  private shape(field: Field | undefined): number[] | undefined {
    if (field === undefined) return undefined;
    const shape: number[] = [];
    for (const axis of this.fields(field.start, field.end)) {
      if (axis.number !== 1) continue;
      const length = this.last(axis, 1)?.value ?? -1;
      shape.push(length > 0 && length < 2 ** 53 ? length : -1);
    }
    return shape;
  }
}

/**
 * Read which inputs and outputs an ONNX file declares, without its weights.
 *
 * @throws {RangeError} if the file is cut off or not ONNX
 * @throws {TypeError} if an input or output is no tensor
 */
export function readOnnxHeader(path: string): OnnxHeader {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const reader = new ProtobufFile(file, size);
    const graph = reader.last({ number: 0, value: 0, start: 0, end: size }, 7);
    if (graph === undefined) throw new RangeError("the file must be ONNX, got one without a graph");
    const [inputs, outputs]: [OnnxTensor[], OnnxTensor[]] = [[], []];
    // Old files list their weights among the inputs.
    const weights = new Set<string>();
    for (const field of reader.fields(graph.start, graph.end)) {
      if (field.number === 11) inputs.push(reader.tensor(field));
      else if (field.number === 12) outputs.push(reader.tensor(field));
      else if (field.number === 5) {
        const name = reader.last(field, 8);
        if (name !== undefined) weights.add(reader.text(name));
      }
    }
    return { inputs: inputs.filter(({ name }) => !weights.has(name)), outputs };
  } finally {
    closeSync(file);
  }
}
