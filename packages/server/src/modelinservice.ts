import { ProtocolError, type Tensor } from "@bioengine/triton";
import type { Model, ModelCall, ModelRun } from "./model";
import { versionOf } from "./model";
import { ServedModel } from "./servedmodel";

/** How far a request is, in the model's own steps. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A version of a model, from its load to its unload. */
export class ModelInService {
  readonly served: ServedModel;
  readonly version: string;
  private readonly running = new Map<string, Progress>();
  private loaded: ModelRun | undefined;
  private freed = false;

  constructor(model: Model) {
    this.version = versionOf(model);
    this.served = new ServedModel({ ...model, load: () => this.load(model) });
  }

  /** How far the running request of an id is; undefined if there is none. */
  progress(id: string): Progress | undefined {
    return this.running.get(id);
  }

  /** Wait for the requests that run or wait, then free what the model holds. */
  async close(): Promise<void> {
    await this.served.idle();
    this.freed = true;
    await this.loaded?.close?.();
    this.loaded = undefined;
  }

  private async load(model: Model): Promise<ModelRun> {
    if (this.freed) throw gone(model);
    const run = await model.load();
    // A check of its readiness may have begun the load before the end.
    if (this.freed) {
      await run.close?.();
      throw gone(model);
    }
    this.loaded = run;
    return (call) => this.run(run, call, model);
  }

  private async run(run: ModelRun, call: ModelCall, model: Model): Promise<readonly Tensor[]> {
    // Its body may have come in slowly.
    if (this.freed) throw gone(model);
    const { id } = call;
    if (id === undefined) return run(call);
    this.running.set(id, { done: 0, total: 1 });
    try {
      return await run({ ...call, onProgress: (done, total) => this.running.set(id, { done, total }) });
    } finally {
      this.running.delete(id);
    }
  }
}

/** The refusal of a request to a model that was unloaded. */
function gone({ name }: Model): ProtocolError {
  return new ProtocolError(404, `Request for unknown model: '${name}' has no available versions`);
}
