import { readFileSync } from "node:fs";
import { join } from "node:path";
import { headerLengthName, type Message, ProtocolError } from "@bioengine/triton";
import { configOf, metadataOf } from "../config/modeldescription";
import { announcedHeaderLength, infer } from "../inference";
import type { Repository } from "../repository";

/** A request as the routes see it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  header(name: string): string | undefined;
  /** Receives the body. @param headerLength bytes of its JSON, for its place in memory */
  body(headerLength: number): Promise<Uint8Array>;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** An answer with status 200: JSON, an inference's outputs, or nothing. */
export type Answer = { readonly json: unknown } | { readonly message: Message } | undefined;

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  answer(request: Request, repository: Repository, names: Readonly<Record<string, string>>): Promise<Answer>;
}

const model = String.raw`^/v2/models/(?<name>[^/]+)(?:/versions/(?<version>\d+))?`;

/** A part of a path as it was before it was escaped; one with a broken escape is what it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

const notReady = () => new ProtocolError(400, "Model version not ready");

const metadata = {
  name: "bioengine",
  version: JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")).version,
  extensions: [
    ...["model_repository", "model_configuration", "binary_tensor_data", "parameters", "statistics"],
    ...["sequence", "progress"],
  ],
};

// In order: the statistics of all models would else be a model called stats.
const routes: readonly Route[] = [
  { method: "GET", path: /^\/v2$/, answer: async () => ({ json: metadata }) },
  { method: "GET", path: /^\/v2\/health\/live$/, answer: async () => undefined },
  {
    method: "GET",
    path: /^\/v2\/health\/ready$/,
    async answer(_, repository) {
      if (!(await repository.isReady()))
        throw new ProtocolError(400, "a model could not be loaded; see POST /v2/repository/index");
      return undefined;
    },
  },
  {
    method: "GET",
    path: /^\/v2\/models\/stats$/,
    answer: async (_, repository) => ({ json: repository.statistics() }),
  },
  {
    method: "GET",
    path: new RegExp(`${model}$`),
    async answer(_, repository, { name, version }) {
      const { model } = repository.get(name, version).served;
      return { json: metadataOf(model, version === undefined ? repository.versions(name) : [version]) };
    },
  },
  {
    method: "GET",
    path: new RegExp(`${model}/config$`),
    answer: async (_, repository, { name, version }) => ({
      json: configOf(repository.get(name, version).served.model),
    }),
  },
  {
    method: "GET",
    path: new RegExp(`${model}/ready$`),
    async answer(_, repository, { name, version }) {
      if (!(await repository.find(name, version)?.served.isReady())) throw notReady();
      return undefined;
    },
  },
  {
    method: "GET",
    path: new RegExp(`${model}/progress/(?<id>[^/]+)$`),
    answer: async (_, repository, { name, version, id }) => ({
      json: repository.progress(name, version, decoded(id)),
    }),
  },
  {
    method: "GET",
    path: new RegExp(`${model}/stats$`),
    answer: async (_, repository, { name, version }) => ({ json: repository.statistics(name, version) }),
  },
  {
    method: "POST",
    path: new RegExp(`${model}/infer$`),
    async answer(request, repository, { name, version }) {
      const { served } = repository.get(name, version);
      served.checkRoom();
      const announced = announcedHeaderLength(request.header(headerLengthName));
      const body = await request.body(announced ?? 0);
      return { message: await infer(served, body, announced, request.signal) };
    },
  },
  {
    method: "POST",
    path: /^\/v2\/repository\/index$/,
    answer: async (request, repository) => ({ json: repository.index(await request.body(0)) }),
  },
  {
    method: "POST",
    path: /^\/v2\/repository\/models\/(?<name>[^/]+)\/load$/,
    async answer(request, repository, { name }) {
      await repository.load(name, await request.body(0));
      return undefined;
    },
  },
  {
    method: "POST",
    path: /^\/v2\/repository\/models\/(?<name>[^/]+)\/unload$/,
    async answer(_, repository, { name }) {
      repository.unload(name);
      return undefined;
    },
  },
];

/**
 * Answer a request by its path and method.
 *
 * @throws {ProtocolError} with the status and words that Triton answers with
 */
export async function route(request: Request, repository: Repository): Promise<Answer> {
  const found = routes.find(({ path }) => path.test(request.path));
  if (found === undefined) throw new ProtocolError(404, "Not Found");
  if (found.method !== request.method) throw new ProtocolError(405, "Method Not Allowed");
  const names = found.path.exec(request.path)?.groups ?? {};
  if (names.name !== undefined) await repository.refresh(names.name);
  return found.answer(request, repository, names);
}
