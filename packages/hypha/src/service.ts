import {
  type CallOptions,
  DecodeError,
  exchange,
  packImjoy,
  type TransferOptions,
  unpackImjoy,
} from "@bioengine/triton";
import { refusal } from "./refusal";

/** A service on a Hypha server, and how to call it. */
export interface Service extends CallOptions {
  /** As `normalizeServerUrl` gives it. */
  readonly serverUrl: string;
  /** As the caller wrote it, e.g. `"bioimage-io/model-runner"`. */
  readonly serviceId: string;
  readonly modelName: string;
  /** What is being done, for messages: "execute affable-shark". */
  readonly action: string;
}

/** How one function of a service is called. */
export interface FunctionOptions extends Pick<TransferOptions, "onProgress"> {
  /** Whether a second time does no harm. */
  readonly repeatable?: boolean;
}

const absenceAdvice = "check the URL, and that the network reaches it";

/** The path of a service. */
function pathOf(serviceId: string): string {
  const [workspace, name] = serviceId.split("/");
  return `/${encodeURIComponent(workspace)}/services/${encodeURIComponent(name)}`;
}

/** @throws {TypeError} if it is not `workspace/service` or `workspace/client:service` */
export function checkServiceId(serviceId: unknown, action: string): string {
  if (typeof serviceId === "string" && /^[^/\s]+\/[^/\s]+$/.test(serviceId)) return serviceId;
  const single = typeof serviceId === "string" && /^[^/\s]+$/.test(serviceId);
  const advice = single ? `; write serviceId: "bioimage-io/${serviceId}"` : "";
  throw new TypeError(
    `Cannot ${action}: serviceId must be "workspace/service", got ${JSON.stringify(serviceId)}${advice}`,
  );
}

/**
 * The one service that an id stands for: several workers may offer services of the same name, and each knows its
 * own requests only. The server chooses the one with the least load.
 *
 * @returns the service with its full id, `workspace/client:service`
 * @throws {HttpError} if there is none, or none that may be called
 * @throws {ConnectionError} if the server doesn't answer
 * @throws {DecodeError} if it is no Hypha server
 */
export async function chooseService(service: Service): Promise<Service> {
  const { action, serverUrl, serviceId } = service;
  if (serviceId.includes(":")) return service;
  const path = pathOf(serviceId);
  const query = { _mode: "select:min:get_load", ...service.query };
  const answer = await exchange({ ...service, absenceAdvice, method: "GET", path, query });
  if (answer.status !== 200) throw refusal(service, path, answer);
  const text = new TextDecoder().decode(answer.body);
  const [, id] = /"id"\s*:\s*"([^"/]+\/[^"/:]+:[^"]+)"/.exec(text) ?? [];
  if (id !== undefined) return { ...service, serviceId: id };
  throw new DecodeError(
    `Cannot ${action}: ${serverUrl} must be a Hypha server, got ${JSON.stringify(text.slice(0, 80))}`,
  );
}

/**
 * Call a function of a service.
 *
 * @param values the function's arguments by name; arrays as NdArray
 * @returns what it returns, with arrays as NdArray
 * @throws {HttpError} if the function raises, or may not be called
 * @throws {ConnectionError} if the server doesn't answer
 * @throws {DecodeError} if the answer is not Hypha's
 */
export async function callFunction(
  service: Service,
  name: string,
  values: Readonly<Record<string, unknown>>,
  { repeatable = false, onProgress }: FunctionOptions = {},
): Promise<unknown> {
  const { action, serverUrl } = service;
  const path = `${pathOf(service.serviceId)}/${name}`;
  const body = packImjoy(values);
  const message = {
    headerLength: undefined,
    parts: [body],
    byteLength: body.length,
    contentType: "application/msgpack",
  };
  const request = { method: "POST", path, message, repeatable, onProgress } as const;
  const answer = await exchange({ ...service, absenceAdvice, ...request });
  if (answer.status !== 200) throw refusal(service, path, answer);
  try {
    return unpackImjoy(answer.body);
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    throw new DecodeError(`Cannot ${action}: ${serverUrl} sent what can't be read. ${cause.message}`, {
      cause,
    });
  }
}
