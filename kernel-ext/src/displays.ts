import { type Bundle, bundleOf } from "./bundle";
import type { Output } from "./output";

/** Shows values from within cells; `globals.ts` describes how. */
export class Displays {
  readonly #output: Output;
  readonly #pending = new Set<Promise<void>>();

  constructor(output: Output) {
    this.#output = output;
  }

  readonly show = (value: unknown, options: Jupyter.DisplayOptions = {}): void | Promise<void> => {
    const { raw = false, update = false, display_id: id, metadata = {} } = options;
    if (update && id === undefined) {
      throw new TypeError(
        'Cannot update the display: it must be named, got no display_id; write display(value, { display_id: "plot", update: true })',
      );
    }
    const transient = id === undefined ? {} : { display_id: id };
    const publish = (data: Bundle): void => this.#output.display({ data, metadata, transient }, update);
    const bundle = raw ? rawBundle(value) : bundleOf(value);
    return bundle instanceof Promise ? this.#track(bundle.then(publish)) : publish(bundle);
  };

  /** Settles when all that has been begun is shown, or has failed: who called `show` learns that. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  #track(shown: Promise<void>): Promise<void> {
    this.#pending.add(shown);
    const forget = (): unknown => this.#pending.delete(shown);
    shown.then(forget, forget);
    return shown;
  }
}

function rawBundle(value: unknown): Bundle {
  if (typeof value === "object" && value !== null) return { ...value };
  throw new TypeError(
    `Cannot show the value as it is: a raw value must be an object of MIME type to content, got ${value}`,
  );
}
