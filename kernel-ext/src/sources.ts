import type { Place } from "./sourcemap";

/** A text that was compiled and is running. */
export interface Source {
  /** What tracebacks call it, e.g. `Cell [3]` or a path. */
  readonly name: string;
  readonly text: string;
  /** The place in the text that a place in the compiled text came from. */
  origin(place: Place): Place | undefined;
}

/** A place in a source. */
export interface SourcePlace extends Place {
  readonly source: Source;
}

/** The sources of what runs. */
export class Sources {
  readonly #byCompiledName = new Map<string, Source>();
  readonly #byName = new Map<string, Source>();

  /** @param compiledName what V8 calls the compiled text; never the source's own name */
  set(compiledName: string, source: Source): void {
    this.#byCompiledName.set(compiledName, source);
    this.#byName.set(source.name, source);
  }

  /**
   * The place in a source that a place of a stack means; `undefined` if it is of no source here.
   *
   * @param name of a compiled text, or of a source: then it is that place already
   */
  find(name: string, place: Place): SourcePlace | undefined {
    const named = this.#byName.get(name);
    if (named) return { ...place, source: named };
    const source = this.#byCompiledName.get(name);
    const origin = source?.origin(place);
    return source && origin && { ...origin, source };
  }
}
