import type { CallOptions, TlsOptions } from "./calloptions";

/**
 * The headers that a call's options ask for.
 *
 * @throws {TypeError} if they are none, or the token is no text
 */
export async function headersOf(
  { headers, token }: CallOptions,
  action: string,
): Promise<Record<string, string>> {
  const given = typeof headers === "function" ? await headers() : headers;
  if (given !== undefined && (typeof given !== "object" || given === null)) {
    throw new TypeError(`Cannot ${action}: headers must be an object, or a function that gives one`);
  }
  const named: Record<string, string> = { ...given };
  if (token === undefined) return named;
  if (typeof token !== "string" || token === "" || /\s/.test(token)) {
    throw new TypeError(`Cannot ${action}: token must be a text without spaces, such as process.env.TOKEN`);
  }
  return { ...named, Authorization: `Bearer ${token}` };
}

/** What follows the path of a URL. */
export function queryOf({ query }: CallOptions): string {
  const entries = Object.entries(query ?? {});
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : "";
}

/** @throws {TypeError} if a part of it is no PEM, e.g. a file's name */
export function checkTls(tls: TlsOptions | undefined, action: string): void {
  const { ca, cert, key } = tls ?? {};
  for (const [name, text] of Object.entries({ ca, cert, key })) {
    const texts = Array.isArray(text) ? text : [text];
    const wrong = texts.find((one) => one !== undefined && !String(one).includes("-----BEGIN"));
    if (wrong === undefined) continue;
    throw new TypeError(
      `Cannot ${action}: tls.${name} must be the text of a PEM file, got ${JSON.stringify(String(wrong).slice(0, 40))}; write ${name}: readFileSync("${name}.pem", "utf8")`,
    );
  }
}

/** How often to repeat. @throws {RangeError} if it is not 0 to 10 */
export function retriesOf({ retries = 2 }: CallOptions, action: string): number {
  if (Number.isInteger(retries) && retries >= 0 && retries <= 10) return retries;
  throw new RangeError(`Cannot ${action}: retries must be a whole number from 0 to 10, got ${retries}`);
}
