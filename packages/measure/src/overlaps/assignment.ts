/** An edge of a bipartite graph between nodes `a` and nodes `b`, both numbered from 0. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  /** Above 0. */
  readonly weight: number;
}

interface Step {
  /** Length of the shortest way from the node that joins. */
  distance: number;
  /** Index of the edge that it comes by. */
  edge: number;
  done: boolean;
}

/**
 * The one-to-one assignment with the largest sum of weights.
 *
 * The Hungarian method by shortest augmenting paths (Jonker & Volgenant 1987, as `scipy.optimize.linear_sum_assignment`)
 * on a sparse graph: the search ends at the first free node, so where few edges meet it takes few steps a node.
 *
 * @returns indices of the chosen edges, ascending
 */
export function assign(edges: readonly Edge[], countA: number, countB: number): number[] {
  // Every node a may stay alone, by an edge of weight 0 to a node b of its own.
  const all = edges.concat(Array.from({ length: countA }, (_, a) => ({ a, b: countB + a, weight: 0 })));
  const edgesOf = Array.from({ length: countA }, (): number[] => []);
  all.forEach(({ a }, index) => {
    edgesOf[a].push(index);
  });
  const priceA = new Float64Array(countA);
  const priceB = new Float64Array(countB + countA);
  const chosenAtA = new Int32Array(countA).fill(-1);
  const chosenAtB = new Int32Array(countB + countA).fill(-1);
  const cost = (index: number) => -all[index].weight - priceB[all[index].b];
  for (let start = 0; start < countA; start++) {
    priceA[start] = Math.min(...edgesOf[start].map(cost));
    const steps = new Map<number, Step>();
    let [node, length, free] = [start, 0, -1];
    while (free < 0) {
      for (const edge of edgesOf[node]) {
        const distance = length + cost(edge) - priceA[node];
        const known = steps.get(all[edge].b);
        if (known === undefined || (!known.done && distance < known.distance)) {
          steps.set(all[edge].b, { distance, edge, done: false });
        }
      }
      let next = -1;
      length = Number.POSITIVE_INFINITY;
      for (const [b, { distance, done }] of steps) {
        if (!done && distance < length) [next, length] = [b, distance];
      }
      const step = steps.get(next);
      if (step) step.done = true;
      if (chosenAtB[next] < 0) free = next;
      else node = all[chosenAtB[next]].a;
    }
    priceA[start] += length;
    for (const [b, { distance, done }] of steps) {
      if (!done || b === free) continue;
      priceB[b] -= length - distance;
      priceA[all[chosenAtB[b]].a] += length - distance;
    }
    // Back along the way: each node takes the one it reached, and leaves its own to the node before it.
    for (let b = free; b >= 0; ) {
      const edge = steps.get(b)?.edge ?? -1;
      const { a } = all[edge];
      const left = a === start ? -1 : all[chosenAtA[a]].b;
      chosenAtA[a] = edge;
      chosenAtB[b] = edge;
      b = left;
    }
  }
  return Array.from(chosenAtA)
    .filter((edge) => edge < edges.length)
    .sort((x, y) => x - y);
}
