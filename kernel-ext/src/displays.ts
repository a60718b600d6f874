import { type Bundle, bundleOf } from "./bundle";
import type { Output } from "./output";

/** Shows values from within cells; `globals.ts` describes how. */
export class Displays {
  readonly #output: Output;
  #pending: Promise<unknown>[] = [];

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
    if (!(bundle instanceof Promise)) return publish(bundle);
    const shown = bundle.then(publish);
    // Not what is returned: an error that its caller leaves alone must stay an unhandled one.
    this.#pending.push(bundle.catch(() => {}));
    return shown;
  };

  /** A cell begins, and doesn't wait for the displays of others. */
  begin(): void {
    this.#pending = [];
  }

  /** Settles when all that the cell has begun is shown, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }
}

function rawBundle(value: unknown): Bundle {
  if (typeof value === "object" && value !== null) return { ...value };
  throw new TypeError(
    `Cannot show the value as it is: a raw value must be an object of MIME type to content, got ${value}`,
  );
}
