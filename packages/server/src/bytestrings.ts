import { ProtocolError } from "@bioengine/triton";

/** Most elements of a BYTES tensor: each is an object of its own. */
export const maximumStrings: number = 2 ** 20;

/**
 * The byte strings in the binary data of a BYTES input, sharing memory with it.
 *
 * @param incomplete refuses data that end within the length of a string, of which `left` bytes are there
 * @throws {ProtocolError} 400 if a string is longer than what is left, or there are too many
 */
export function splitStrings(
  name: string,
  bytes: Uint8Array,
  incomplete: (left: number) => never,
): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const elements: Uint8Array[] = [];
  for (let position = 0; position < bytes.length; ) {
    const left = bytes.length - position;
    if (left < 4) incomplete(left);
    const length = view.getUint32(position, true);
    if (length > left - 4) {
      throw new ProtocolError(
        400,
        `incomplete string data for inference input '${name}', expecting string of length ${length} but only ${left - 4} bytes available`,
      );
    }
    if (elements.length === maximumStrings) {
      throw new ProtocolError(
        400,
        `Cannot read input '${name}': it must have at most ${maximumStrings} byte strings, got more`,
      );
    }
    elements.push(bytes.subarray(position + 4, position + 4 + length));
    position += 4 + length;
  }
  return elements;
}
