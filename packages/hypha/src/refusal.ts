import { HttpError } from "@bioengine/triton";
import type { Service } from "./service";
import { exceptionLine } from "./traceback";

interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
  header(name: string): string | undefined;
}

/** The error of an answer that is none: what is wrong, and which option to change. */
export function refusal(service: Service, path: string, answer: Answer): HttpError {
  const { action, serverUrl, modelName } = service;
  const text = new TextDecoder().decode(answer.body);
  const detail = detailOf(text);
  const reason =
    detail === undefined ? unknownReason(service, answer, text) : reasonOf(service, answer.status, detail);
  return new HttpError(`Cannot ${action}: ${reason}`, {
    status: answer.status,
    url: serverUrl + path,
    modelName,
    serverMessage: detail ?? text,
  });
}

/** What Hypha says; undefined if something else has answered. */
function detailOf(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null || !("detail" in json)) return undefined;
    return typeof json.detail === "string" ? json.detail : JSON.stringify(json.detail);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function reasonOf(service: Service, status: number, detail: string): string {
  const { serverUrl, serviceId } = service;
  const [workspace] = serviceId.split("/");
  const line = exceptionLine(detail);
  if (status === 401) {
    return `token must be one that ${serverUrl} gave and that has not expired, got one that it refuses (${line}); pass a new token, or none for public services`;
  }
  if (status === 403 || /\bPermissionError\b/.test(detail)) {
    const got = hasToken(service) ? "one that may not (ask for permission, or a token of it)" : "none";
    return `token must be one that may use ${serviceId}, got ${got}; pass token, as generate_token() of workspace ${workspace} gives it`;
  }
  if (/\bService not found\b/.test(detail)) {
    return `serviceId must be a service that runs, got ${JSON.stringify(serviceId)}; ${serverUrl}/${workspace}/services/ lists those of ${workspace}`;
  }
  if (/^\W?Workspace \S+ (does not exist|not found)/.test(detail)) {
    return `serviceId must start with a workspace of ${serverUrl}, got ${JSON.stringify(serviceId)}; correct it, or pass token if the workspace is private`;
  }
  const [, missing] = /^(\w+) not found\.$/.exec(detail) ?? [];
  if (missing !== undefined) {
    return `serviceId must be a model-runner, got ${JSON.stringify(serviceId)}, which has no function ${missing}; give that of a worker, as ${serverUrl}/${workspace}/services/ lists them`;
  }
  if (status === 504) {
    return `${serviceId} must answer, got none (${line}); its worker may be gone or busy: try again later`;
  }
  return `${serviceId} answered ${status}: ${line}`;
}

function unknownReason({ serverUrl }: Service, answer: Answer, text: string): string {
  const target = answer.header("Location");
  if (target !== undefined) {
    return `serverUrl must not redirect, got ${answer.status} from ${serverUrl}; give the server that it redirects to, ${target}`;
  }
  const said = JSON.stringify(text.slice(0, 80));
  if (answer.status >= 500) return `${serverUrl} answered ${answer.status}: ${said}`;
  return `serverUrl must be that of a Hypha server, got ${answer.status} and ${said} from ${serverUrl}`;
}

const hasToken = ({ token, headers }: Service): boolean =>
  token !== undefined ||
  typeof headers === "function" ||
  Object.keys(headers ?? {}).some((name) => name.toLowerCase() === "authorization");
