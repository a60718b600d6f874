/** What an HTTP/1 response says before its body. */
export interface ResponseHead {
  readonly status: number;
  /** A header by its name, in any case; several of one name are joined by commas. */
  header(name: string): string | undefined;
  /** Whether further requests may follow on the connection. */
  readonly keepsAlive: boolean;
}

/** Where the head ends: the index after its empty line; -1 if that has not come yet. */
export function headEnd(bytes: Buffer): number {
  const index = bytes.indexOf("\r\n\r\n");
  return index < 0 ? -1 : index + 4;
}

/**
 * The head of a response, RFC 9112.
 *
 * @param bytes up to the empty line
 * @throws {Error} if it is no HTTP/1
 */
export function parseHead(bytes: Buffer): ResponseHead {
  const [first = "", ...lines] = bytes.toString("latin1").trimEnd().split("\r\n");
  const [, minor, status] = /^HTTP\/1\.(\d) (\d{3})(?: |$)/.exec(first) ?? [];
  if (status === undefined) throw protocolError(`a status line was expected, got ${first.slice(0, 80)}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined) throw protocolError(`a header was expected, got ${line.slice(0, 80)}`);
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  const header = (name: string) => headers.get(name.toLowerCase());
  const connection = header("Connection")?.toLowerCase() ?? "";
  const keepsAlive = minor === "0" ? connection.includes("keep-alive") : !connection.includes("close");
  return { status: Number(status), header, keepsAlive };
}

/** The error of an answer that is no HTTP. */
export function protocolError(message: string): Error {
  return Object.assign(new Error(message), { code: "HTTP_PROTOCOL" });
}
