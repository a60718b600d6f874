const local = /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/;

/**
 * A server's URL as paths are appended to it: without slashes at its end.
 *
 * @throws {TypeError} if it is missing
 * @throws {RangeError} if it is no http(s) URL; the message shows the corrected one
 */
export function normalizeServerUrl(serverUrl: unknown, action: string): string {
  if (Array.isArray(serverUrl)) {
    throw new TypeError(
      `Cannot ${action}: serverUrl must be one URL, got ${serverUrl.length}; for many inputs on several servers call executeBatch`,
    );
  }
  if (typeof serverUrl !== "string" || serverUrl.trim() === "") {
    throw new TypeError(
      `Cannot ${action}: serverUrl must be a server's URL such as "http://127.0.0.1:8000", got ${serverUrl === "" ? '""' : String(serverUrl)}`,
    );
  }
  const text = serverUrl.trim();
  if (!/^https?:\/\//i.test(text)) {
    const rest = text.replace(/^[a-z]*:?\/\//i, "");
    const scheme = local.test(rest) || /:\d+/.test(rest) ? "http" : "https";
    throw new RangeError(
      `Cannot ${action}: serverUrl must start with http:// or https://, got "${text}"; write serverUrl: "${scheme}://${rest}"`,
    );
  }
  if (!URL.canParse(text)) {
    throw new RangeError(`Cannot ${action}: serverUrl must be a URL, got "${text}"`);
  }
  const url = new URL(text);
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new RangeError(
      `Cannot ${action}: serverUrl must have no query, fragment or password (pass query, token or headers for that), got "${text}"; write serverUrl: "${url.origin}${url.pathname.replace(/\/+$/, "")}"`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
