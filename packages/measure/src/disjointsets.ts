/** Each node's parent in its set's tree; a root is its own, and the smallest of its set. */
export type DisjointSets = Int32Array;

/** The root of a node's set, with the path there halved for the next time. */
export function rootOf(parents: DisjointSets, node: number): number {
  let root = node;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root]];
    root = parents[root];
  }
  return root;
}

/** Make the sets of two nodes one. */
export function join(parents: DisjointSets, node: number, other: number): void {
  const a = rootOf(parents, node);
  const b = rootOf(parents, other);
  if (a < b) parents[b] = a;
  else parents[a] = b;
}
