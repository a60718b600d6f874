import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One exchange with a real Triton; bodies are latin-1 text, decompressed. See fixtures/record.py. */
export interface Transcript {
  readonly title: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly compress?: "gzip" | "deflate";
  };
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
  };
}

export const transcripts: readonly Transcript[] = JSON.parse(
  readFileSync(join(__dirname, "fixtures/transcripts.json"), "utf8"),
);

export function transcript(title: string): Transcript {
  const found = transcripts.find((one) => one.title === title);
  if (!found) throw new Error(`no transcript ${title}`);
  return found;
}

export const bytesOf = (body: string): Uint8Array => new Uint8Array(Buffer.from(body, "latin1"));

/** What the header says, as a number. */
export function headerLength(headers: Record<string, string>): number | undefined {
  const value = headers["Inference-Header-Content-Length"];
  return value === undefined ? undefined : Number(value);
}
