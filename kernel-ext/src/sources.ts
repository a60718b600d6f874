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

/** The sources of what runs, by the name that their compiled text has in stacks. */
export class Sources {
  readonly #sources = new Map<string, Source>();

  set(compiledName: string, source: Source): void {
    this.#sources.set(compiledName, source);
  }

  /** The place in a source that a place of a stack means; `undefined` if it is of no source here. */
  find(compiledName: string, place: Place): SourcePlace | undefined {
    const source = this.#sources.get(compiledName);
    const origin = source?.origin(place);
    return source && origin && { ...origin, source };
  }
}
