import { Console } from "node:console";
import { Writable } from "node:stream";

/**
 * What Node's own `console.table` writes.
 *
 * @param data rows; not modified
 * @param properties the columns; default: all that a row has
 */
export function textTable(data: unknown, properties?: readonly string[]): string {
  const parts: string[] = [];
  const stdout = new Writable({
    write: (chunk, _encoding, done) => {
      parts.push(String(chunk));
      done();
    },
  });
  new Console({ stdout, colorMode: false }).table(data, properties && [...properties]);
  return parts.join("");
}
