import { SourceMap } from "node:module";

/** A place in a text, counted from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const comment = /^\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/gm;

/** A compiled text without its source maps, and the way back through them. */
export interface MappedText {
  readonly text: string;
  /** The place that a place of the compiled text came from; `undefined` if it came from nowhere. */
  origin(place: Place): Place | undefined;
}

/**
 * Take the inline source maps off a text that was compiled in several steps.
 *
 * @param compiled its `sourceMappingURL` comments stand in the order of the steps
 */
export function takeSourceMaps(compiled: string): MappedText {
  const maps = [...compiled.matchAll(comment)]
    .reverse()
    .map(([, data = ""]) => new SourceMap(JSON.parse(Buffer.from(data, "base64").toString())));
  return {
    text: compiled.replace(comment, ""),
    origin: (place) => {
      let origin: Place | undefined = place;
      for (const map of maps) origin = origin && originIn(map, origin);
      return origin;
    },
  };
}

function originIn(map: SourceMap, { line, column }: Place): Place | undefined {
  const entry = map.findEntry(line, column);
  return "originalLine" in entry ? { line: entry.originalLine, column: entry.originalColumn } : undefined;
}
