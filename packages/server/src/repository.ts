import { isJsonObject, JsonError, ProtocolError, parseJson } from "@bioengine/triton";
import { type Model, modelVersion } from "./model";
import { ServedModel } from "./servedmodel";

/** The models of a server, by name. */
export class Repository {
  private readonly models: ReadonlyMap<string, ServedModel>;

  constructor(models: readonly Model[]) {
    const sorted = [...models].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.models = new Map(sorted.map((model) => [model.name, new ServedModel(model)]));
  }

  /** All models, by name. */
  all(): ServedModel[] {
    return [...this.models.values()];
  }

  /** A model; undefined if there is none such, or not in that version. */
  find(name: string, version: string | undefined): ServedModel | undefined {
    return version === undefined || version === modelVersion ? this.models.get(name) : undefined;
  }

  /** A model. @throws {ProtocolError} 404 if there is none such, or not in that version */
  get(name: string, version: string | undefined): ServedModel {
    const found = this.find(name, version);
    if (found !== undefined) return found;
    const which = this.models.has(name) ? ` version ${version}` : "";
    throw new ProtocolError(404, `Request for unknown model: '${name}'${which} is not found`);
  }

  /** Statistics of one model, or of all. @throws {ProtocolError} 400 if there is none such */
  statistics(name?: string, version?: string): object {
    const found = name === undefined ? this.all() : [this.find(name, version)];
    const statistics = found.map((served) => {
      if (served !== undefined) return served.statistics.toJson(served.model.name);
      const message = this.models.has(String(name))
        ? `requested model version is not available for model '${name}'`
        : `requested model '${name}' is not available`;
      throw new ProtocolError(400, message);
    });
    return { model_stats: statistics };
  }

  /**
   * The list of the models. One that is yet to be loaded counts as ready: its first request loads it.
   *
   * @param body JSON, may be empty; `{"ready": true}` leaves out what is not
   */
  index(body: Uint8Array): object[] {
    const onlyReady = asksForReady(body);
    return this.all()
      .filter(({ failure }) => !onlyReady || failure === undefined)
      .map(({ model: { name }, failure }) =>
        failure === undefined
          ? { name, version: modelVersion, state: "READY" }
          : { name, version: modelVersion, state: "UNAVAILABLE", reason: failure },
      );
  }
}

function asksForReady(body: Uint8Array): boolean {
  if (body.length === 0) return false;
  try {
    const json = parseJson(body);
    const ready = isJsonObject(json) ? (json.ready ?? false) : false;
    if (typeof ready === "boolean") return ready;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ProtocolError(500, `failed to parse the request JSON buffer: ${error.message}`);
  }
  throw new ProtocolError(500, "attempt to access JSON non-boolean as boolean");
}
