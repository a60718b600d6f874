function areasOf(labels) {
  const areas = new Map();
  for (const label of labels) if (label > 0) areas.set(label, (areas.get(label) ?? 0) + 1);
  return areas;
}

/**
 * How well two label images agree.
 *
 * @returns counts of both, the mean IoU of each expected label with its best partner, and how many have less than 0.999
 */
export function agreement(expected, found) {
  const [areas, others] = [areasOf(expected), areasOf(found)];
  const shared = new Map();
  for (let pixel = 0; pixel < expected.length; pixel++) {
    if (expected[pixel] === 0 || found[pixel] === 0) continue;
    const pair = expected[pixel] * 2 ** 26 + found[pixel];
    shared.set(pair, (shared.get(pair) ?? 0) + 1);
  }
  const best = new Map([...areas.keys()].map((label) => [label, 0]));
  for (const [pair, area] of shared) {
    const [label, other] = [Math.floor(pair / 2 ** 26), pair % 2 ** 26];
    best.set(label, Math.max(best.get(label), area / (areas.get(label) + others.get(other) - area)));
  }
  const ious = [...best.values()];
  return {
    expected: areas.size,
    found: others.size,
    mean: ious.reduce((sum, iou) => sum + iou, 0) / ious.length,
    poor: ious.filter((iou) => iou < 0.999).length,
  };
}
