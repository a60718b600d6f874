import { codeOf } from "./retry";
import { BrokenResponse } from "./transport";

const closed = ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"];
const untrusted = [
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
];

/**
 * Why no answer came, and what to do, for messages.
 *
 * @param advice what to do if nobody listens there; default: how to start a Triton server
 */
export function unreachable(serverUrl: string, cause: unknown, advice?: string): string {
  const { hostname, port, protocol } = new URL(serverUrl);
  const code = codeOf(cause);
  const said = cause instanceof Error ? cause.message : String(cause);
  if ((cause instanceof BrokenResponse && code !== "HTTP_PROTOCOL") || (code && closed.includes(code))) {
    const when = cause instanceof BrokenResponse ? "in the middle of its answer" : "before it had answered";
    return `${serverUrl} closed the connection (${code ?? cause}) ${when}; it may have crashed: look at its log, then try again`;
  }
  if (code === "HTTP_PROTOCOL") {
    return `${serverUrl} must speak HTTP, got something else (${said}); check the port, or write https:// if it wants that`;
  }
  if (code && untrusted.includes(code)) {
    return `${serverUrl} shows a certificate of an authority that is not trusted (${code}); give that authority's: tls: { ca: readFileSync("ca.pem", "utf8") }`;
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `${serverUrl} shows a certificate for another name (${code}); use the name that is in the certificate`;
  }
  if ((code === "EPROTO" || code?.startsWith("ERR_SSL_")) && protocol === "https:") {
    return `${serverUrl} does not speak https (${code}); write serverUrl: "http${serverUrl.slice("https".length)}", or ask who runs it for its certificate`;
  }
  // Browsers tell no page why.
  const reason = code ?? `${said}; a server of another origin must allow this page, CORS`;
  const here = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  const start = here ? `start one: npx bioengine serve --port ${port || 80}` : "check the URL";
  const otherwise = advice ?? `${start}, or leave serverUrl out to use the embedded engine`;
  return `no server answers at ${serverUrl} (${reason}); ${otherwise}`;
}
