import { ProtocolError } from "@bioengine/triton";
import type { ModelCall } from "./model";
import type { FoundVersion } from "./modelfolder";
import { ModelInService } from "./modelinservice";

/** Why a version is not in service. */
type Absence = { readonly state: "UNLOADING" } | { readonly state: "UNAVAILABLE"; readonly reason: string };

/** A model in the list of a repository. */
export interface IndexEntry {
  readonly name: string;
  readonly version?: string;
  readonly state?: string;
  readonly reason?: string;
}

const unloaded: Absence = { state: "UNAVAILABLE", reason: "unloaded" };

/** All versions of a model: those in service, and why others are not. */
export class ModelEntry {
  private inService: readonly ModelInService[] = [];
  private readonly absent = new Map<string | undefined, Absence>();

  /** @param repository for the server's own models; undefined if there is no folder */
  constructor(
    readonly name: string,
    private readonly repository: ModelCall["repository"],
  ) {}

  /** Versions in service, ascending. */
  get versions(): readonly ModelInService[] {
    return this.inService;
  }

  /** Why versions could not be taken into service. */
  get failures(): string[] {
    return [...this.absent.values()].flatMap((absence) =>
      "reason" in absence && absence !== unloaded ? [absence.reason] : [],
    );
  }

  /** A version in service; undefined names the highest. */
  find(version: string | undefined): ModelInService | undefined {
    if (version === undefined) return this.inService[this.inService.length - 1];
    return this.inService.find((one) => one.version === version);
  }

  /** A version in service. @throws {ProtocolError} 404 or 503 in Triton's words, and why it can't be loaded */
  get(version: string | undefined): ModelInService {
    const found = this.find(version);
    if (found !== undefined) return found;
    const unknown = `Request for unknown model: '${this.name}'`;
    if (version !== undefined && this.absent.has(version)) {
      throw new ProtocolError(503, `${unknown} version ${version} is not at ready state`);
    }
    if (version !== undefined) throw new ProtocolError(404, `${unknown} version ${version} is not found`);
    const [reason] = this.failures;
    throw new ProtocolError(404, `${unknown} has no available versions${reason ? `: ${reason}` : ""}`);
  }

  /** Take in service what was found, without loading it. */
  start(found: readonly FoundVersion[]): void {
    this.replace(
      found.flatMap((one) => ("model" in one ? [new ModelInService(one.model, this.repository)] : [])),
    );
    for (const one of found) if ("failure" in one) this.fail(one.version, one.failure);
  }

  /**
   * Load what was found, and take it in service in place of what is; that ends when its requests are done.
   *
   * @throws {ProtocolError} 400 if a version can't be loaded; what is in service stays
   */
  async load(found: readonly FoundVersion[]): Promise<void> {
    const services: ModelInService[] = [];
    const failures: { readonly version: string; readonly failure: string }[] = [];
    for (const one of found) {
      if ("failure" in one) {
        failures.push(one);
        continue;
      }
      const service = new ModelInService(one.model, this.repository);
      services.push(service);
      const ready = await service.served.isReady();
      if (!ready)
        failures.push({ version: one.version, failure: service.served.failure ?? "it can't be loaded" });
    }
    if (failures.length === 0) return this.replace(services);
    await Promise.all(services.map((service) => service.close()));
    if (this.inService.length === 0) {
      this.absent.clear();
      for (const { version, failure } of failures) this.fail(version, failure);
    }
    const states = failures.map(
      ({ version, failure }) => `version ${version} is at UNAVAILABLE state: ${failure};\n`,
    );
    throw new ProtocolError(400, `load failed for model '${this.name}': ${states.join("")}`);
  }

  private replace(services: readonly ModelInService[]): void {
    const before = this.inService;
    this.absent.clear();
    this.inService = services;
    for (const one of before) void one.close();
  }

  /** Say why a version, or the whole model, is not in service. */
  fail(version: string | undefined, reason: string): void {
    this.absent.set(version, { state: "UNAVAILABLE", reason });
  }

  /** Take all versions out of service. Resolves when their requests are done and their memory is free. */
  async unload(): Promise<void> {
    const leaving = this.inService;
    this.inService = [];
    const unloading: Absence = { state: "UNLOADING" };
    for (const { version } of leaving) this.absent.set(version, unloading);
    await Promise.all(
      leaving.map(async (one) => {
        await one.close();
        if (this.absent.get(one.version) === unloading) this.absent.set(one.version, unloaded);
      }),
    );
  }

  /** Its lines in the list of models, by version. */
  index(): IndexEntry[] {
    const { name } = this;
    const lines: IndexEntry[] = this.inService.map(({ version, served: { failure } }) =>
      failure === undefined
        ? { name, version, state: "READY" }
        : { name, version, state: "UNAVAILABLE", reason: failure },
    );
    for (const [version, absence] of this.absent) lines.push({ name, version, ...absence });
    if (lines.length === 0) return [{ name }];
    return lines.sort((a, b) => Number(a.version) - Number(b.version));
  }
}
