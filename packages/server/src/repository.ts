import { join } from "node:path";
import { ProtocolError } from "@bioengine/triton";
import { isFolder } from "./folder";
import { type Model, type ModelRepository, versionOf } from "./model";
import { type IndexEntry, ModelEntry } from "./modelentry";
import { type FoundVersion, modelsIn, readRepositoryModel } from "./modelfolder";
import type { ModelInService, Progress } from "./modelinservice";
import { asksForReady, parametersOf } from "./repositoryrequest";
import { hasRecord } from "./training/trainingrecord";

/** The models of a server: its own, and those of a folder, which come first where the names are the same. */
export class Repository {
  private readonly own: ReadonlyMap<string, Model>;
  private readonly entries = new Map<string, ModelEntry>();
  /** What the server's own models see of the folder. */
  private readonly view: ModelRepository | undefined;
  private readonly outdated = new Set<string>();
  private readonly refreshing = new Map<string, Promise<void>>();

  /**
   * @param models the server's own
   * @param folder in Triton's layout; all its models are taken into service
   * @throws {Error} if there is no such folder
   */
  constructor(
    models: readonly Model[],
    private readonly folder?: string,
  ) {
    this.own = new Map(models.map((model) => [model.name, model]));
    if (folder !== undefined && !isFolder(folder)) {
      throw new Error(`Cannot serve the model repository: it must be a folder, got ${folder}`);
    }
    this.view = folder === undefined ? undefined : this.viewOf(folder);
    for (const name of this.names()) {
      const entry = this.entry(name);
      try {
        entry.start(this.read(name));
      } catch (error) {
        entry.fail(undefined, messageOf(error));
      }
    }
  }

  /** All models that are in service, in all versions, by name. */
  all(): ModelInService[] {
    return [...this.entries.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ versions }) => versions);
  }

  /** A model; undefined if there is none such, or not in that version. No version: the highest. */
  find(name: string, version: string | undefined): ModelInService | undefined {
    return this.entries.get(name)?.find(version);
  }

  /** A model. @throws {ProtocolError} 404 or 503 if there is none such, or not in that version */
  get(name: string, version: string | undefined): ModelInService {
    const entry = this.entries.get(name);
    if (entry !== undefined) return entry.get(version);
    throw new ProtocolError(404, `Request for unknown model: '${name}' is not found`);
  }

  /** The versions of a model that are in service, ascending. */
  versions(name: string): string[] {
    return this.entries.get(name)?.versions.map(({ version }) => version) ?? [];
  }

  /** Whether all models can run. The server's own are loaded to see; those of the folder when they are first used. */
  async isReady(): Promise<boolean> {
    const entries = [...this.entries.values()];
    if (entries.some(({ failures }) => failures.length > 0)) return false;
    const ready = await Promise.all(
      this.all().map(({ served }) =>
        this.isOwn(served.model) ? served.isReady() : served.failure === undefined,
      ),
    );
    return !ready.includes(false);
  }

  /** How far the running request of an id is. @throws {ProtocolError} 404 if there is none */
  progress(name: string, version: string | undefined, id: string): Progress {
    const progress = this.get(name, version).progress(id);
    if (progress !== undefined) return progress;
    throw new ProtocolError(404, `no request '${id}' of model '${name}' runs`);
  }

  /** Statistics of one model, or of all. @throws {ProtocolError} 400 if there is none such */
  statistics(name?: string, version?: string): object {
    let found = this.all();
    if (name !== undefined) {
      const of = this.entries.get(name)?.versions ?? [];
      if (of.length === 0) throw new ProtocolError(400, `requested model '${name}' is not available`);
      found = of.filter((one) => version === undefined || one.version === version);
      if (found.length === 0) {
        throw new ProtocolError(400, `requested model version is not available for model '${name}'`);
      }
    }
    return {
      model_stats: found.map(({ served: { statistics, model } }) =>
        statistics.toJson(model.name, versionOf(model)),
      ),
    };
  }

  /**
   * The list of the models, with those that lie in the folder and were never loaded. One that is yet to be loaded
   * counts as ready: its first request loads it.
   *
   * @param body JSON, may be empty; `{"ready": true}` leaves out what is not
   */
  index(body: Uint8Array): IndexEntry[] {
    const onlyReady = asksForReady(body);
    return this.names()
      .flatMap((name) => this.entries.get(name)?.index() ?? [{ name }])
      .filter(({ state }) => !onlyReady || state === "READY");
  }

  /**
   * Read a model's folder anew, load it, and serve it from then on.
   *
   * @param body JSON, may be empty
   * @throws {ProtocolError} if it can't be loaded; what is in service stays
   */
  async load(name: string, body: Uint8Array): Promise<void> {
    this.checkControl();
    const [parameter] = Object.keys(parametersOf(body));
    if (parameter !== undefined) {
      throw new ProtocolError(
        400,
        `Cannot load ${name}: the model's folder must be used as it is, got the parameter ${parameter}; change the folder and load the model again`,
      );
    }
    await this.readAnew(name);
  }

  /**
   * Read a model anew if a training has changed it, or made it, be it in another server on the folder.
   *
   * @throws {ProtocolError} if it can't be loaded
   */
  async refresh(name: string): Promise<void> {
    const isOutdated = this.outdated.delete(name) || !this.entries.has(name);
    if (isOutdated && this.inFolder().includes(name) && this.isTrained(name)) {
      const reading = this.readAnew(name).finally(() => {
        if (this.refreshing.get(name) === reading) this.refreshing.delete(name);
      });
      this.refreshing.set(name, reading);
    }
    await this.refreshing.get(name);
  }

  private isTrained(name: string): boolean {
    return this.folder !== undefined && hasRecord(join(this.folder, name));
  }

  private async readAnew(name: string): Promise<void> {
    let found: readonly FoundVersion[];
    const poll = `failed to load '${name}', failed to poll from model repository`;
    if (!this.names().includes(name)) throw new ProtocolError(500, poll);
    try {
      found = this.read(name);
    } catch (error) {
      const entry = this.entry(name);
      if (entry.versions.length === 0) entry.fail(undefined, messageOf(error));
      throw new ProtocolError(500, `${poll}: ${messageOf(error)}`);
    }
    await this.entry(name).load(found);
  }

  /**
   * Take a model out of service. Its requests are answered still, then its memory is freed.
   *
   * @throws {ProtocolError} 503 if there is no folder
   */
  unload(name: string): void {
    this.checkControl();
    void this.entries.get(name)?.unload();
  }

  /** Take all models out of service; resolves when their requests are done and their memory is free. */
  async close(): Promise<void> {
    await Promise.all([...this.entries.values()].map((entry) => entry.unload()));
  }

  private checkControl(): void {
    if (this.folder === undefined) {
      throw new ProtocolError(503, "explicit model load / unload is not allowed if polling is enabled");
    }
  }

  private isOwn({ config }: Model): boolean {
    return config === undefined;
  }

  private viewOf(folder: string): ModelRepository {
    return {
      folder,
      isOwn: (name) => this.own.has(name),
      changed: (name) => this.outdated.add(name),
      refresh: (name) => this.refresh(name),
      find: async (name, kind) => {
        await this.refresh(name);
        const served = this.find(name, undefined)?.served;
        const declared = served?.model.config?.parameters.bioengine?.string_value;
        return served !== undefined && declared === kind ? (call) => served.run(call) : undefined;
      },
    };
  }

  private entry(name: string): ModelEntry {
    let entry = this.entries.get(name);
    if (entry === undefined) {
      entry = new ModelEntry(name, this.view);
      this.entries.set(name, entry);
    }
    return entry;
  }

  /** Names of all models that there are. */
  private names(): string[] {
    return [...new Set([...this.own.keys(), ...this.entries.keys(), ...this.inFolder()])].sort();
  }

  private inFolder(): string[] {
    return this.folder === undefined ? [] : modelsIn(this.folder);
  }

  private read(name: string): FoundVersion[] {
    const own = this.own.get(name);
    if (this.folder !== undefined && this.inFolder().includes(name)) {
      return readRepositoryModel(this.folder, name);
    }
    if (own !== undefined) return [{ version: versionOf(own), model: own }];
    throw new Error("the model's folder must be there, got none");
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
