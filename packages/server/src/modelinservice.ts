import { ProtocolError, type Tensor } from "@bioengine/triton";
import { type Model, type ModelCall, type ModelRun, versionOf } from "./model";
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

  /** @param repository for the server's own models; undefined if there is no folder */
  constructor(
    model: Model,
    private readonly repository?: ModelCall["repository"],
  ) {
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
    // A model of the folder could pass a call on to itself, and wait for its own turn.
    const repository = model.config === undefined ? this.repository : undefined;
    if (id === undefined) return run({ ...call, repository });
    this.running.set(id, { done: 0, total: 1 });
    try {
      const onProgress = (done: number, total: number) => {
        this.running.set(id, { done, total });
        call.onProgress?.(done, total);
      };
      return await run({ ...call, repository, onProgress });
    } finally {
      this.running.delete(id);
    }
  }
}

/** The refusal of a request to a model that was unloaded. */
function gone({ name }: Model): ProtocolError {
  return new ProtocolError(404, `Request for unknown model: '${name}' has no available versions`);
}
