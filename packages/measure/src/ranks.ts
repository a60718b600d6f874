import { RUN, type Runs } from "./runs";

/** The labels of an image, and where that of each run stands among them. */
export interface Ranks {
  /** The labels above 0, ascending. */
  readonly labels: Int32Array;
  /** How many runs each of them has. */
  readonly counts: readonly number[];
  /** For each run the index of its label, -1 for background. */
  readonly ranks: Int32Array;
}

// A table of all numbers up to the largest label is faster than a map, while it isn't much longer than the runs.
const isDense = (largest: number, count: number) => largest < 8 * count + (1 << 16);

/** Rank the labels of an image's runs. */
export function rankLabels({ table, count, largest }: Runs): Ranks {
  return isDense(largest, count) ? rankByTable(table, count, largest) : rankByMap(table, count);
}

function rankByTable(table: Int32Array, count: number, largest: number): Ranks {
  // First how many runs a label has, then its rank.
  const rankOf = new Int32Array(largest + 1);
  for (let at = 0; at < count * RUN; at += RUN) if (table[at] > 0) rankOf[table[at]]++;
  const labels: number[] = [];
  const counts: number[] = [];
  for (let label = 1; label <= largest; label++) {
    if (rankOf[label] === 0) continue;
    counts.push(rankOf[label]);
    rankOf[label] = labels.push(label) - 1;
  }
  const ranks = new Int32Array(count);
  for (let run = 0; run < count; run++) {
    const label = table[run * RUN];
    ranks[run] = label > 0 ? rankOf[label] : -1;
  }
  return { labels: Int32Array.from(labels), counts, ranks };
}

function rankByMap(table: Int32Array, count: number): Ranks {
  const found = new Map<number, number>();
  for (let at = 0; at < count * RUN; at += RUN) {
    if (table[at] > 0) found.set(table[at], (found.get(table[at]) ?? 0) + 1);
  }
  const entries = Array.from(found).sort(([label], [other]) => label - other);
  const labels = Int32Array.from(entries, ([label]) => label);
  const counts = entries.map(([, runs]) => runs);
  const rankOf = new Map(Array.from(labels, (label, rank) => [label, rank]));
  const ranks = new Int32Array(count);
  for (let run = 0; run < count; run++) ranks[run] = rankOf.get(table[run * RUN]) ?? -1;
  return { labels, counts, ranks };
}
