import { ndarray, Table } from "@bioengine/ndarray";
import { describe, expect, test } from "vitest";
import {
  type Alternative,
  adjustPValues,
  anova,
  circleFit,
  kruskalWallis,
  linearFit,
  mannWhitney,
  nearestPoints,
  pearson,
  spearman,
  type TTest,
  tTest,
  wilcoxon,
} from "../../src/index";
import scipy from "../fixtures/statistics.json";

/** Relative; probabilities of 1e-100 as well. The distributions are computed to some 12 digits, sums to more. */
function expectClose(found: readonly number[], expected: readonly number[], tolerance = 1e-10): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, index) => {
    const error = found[index] === value ? 0 : Math.abs(found[index] - value);
    expect(error, `${index}: ${found[index]} for ${value}`).toBeLessThanOrEqual(
      tolerance * Math.abs(value) + 1e-300,
    );
  });
}

const numbers = ({ statistic, pValue, degreesOfFreedom, interval }: TTest) => [
  statistic,
  pValue,
  degreesOfFreedom,
  ...interval,
];

/** A list in which JSON has null for what is infinite. */
const bounded = ([t, p, degrees, low, high]: readonly (number | null)[]): number[] => [
  ...[t, p, degrees].map(Number),
  low ?? Number.NEGATIVE_INFINITY,
  high ?? Number.POSITIVE_INFINITY,
];

for (const { name, a, b, welch, student, paired, mannWhitney: ranks, sides } of scipy.tests) {
  describe(`of samples ${name}`, () => {
    test("tTest() gives scipy's values for Welch's and Student's tests, and for pairs", () => {
      expectClose(numbers(tTest(a, b)), welch);
      expectClose(numbers(tTest(a, b, { equalVariances: true })), student);
      const count = Math.min(a.length, b.length);
      expectClose(numbers(tTest(a.slice(0, count), b.slice(0, count), { paired: true })), paired);
    });

    test("mannWhitney() gives scipy's values", () => {
      const { statistic, pValue } = mannWhitney(a, b);
      expectClose([statistic, pValue], ranks);
    });

    test.each(["less", "greater"] as const)(
      "tTest() and mannWhitney() give scipy's values for %s",
      (side) => {
        const expected = sides[side];
        const options = { alternative: side };
        const count = Math.min(a.length, b.length);
        const pairs = [a.slice(0, count), b.slice(0, count)] as const;
        expectClose(numbers(tTest(a, b, options)), bounded(expected.welch));
        expectClose(numbers(tTest(a, b, { ...options, equalVariances: true })), bounded(expected.student));
        expectClose(numbers(tTest(...pairs, { ...options, paired: true })), bounded(expected.paired));
        const { statistic, pValue } = mannWhitney(a, b, options);
        expectClose([statistic, pValue], expected.mannWhitney);
      },
    );
  });
}

for (const { name, samples, anova: byMeans, kruskal } of scipy.groups) {
  test(`anova() and kruskalWallis() give scipy's values: ${name}`, () => {
    const [means, ranks] = [anova(...samples), kruskalWallis(...samples)];
    expectClose([means.statistic, means.pValue, ...means.degreesOfFreedom], byMeans);
    expectClose([ranks.statistic, ranks.pValue, ranks.degreesOfFreedom], kruskal);
  });
}

for (const { name, x, y, wilcoxon: bySide } of scipy.signed) {
  test(`wilcoxon() gives scipy's values: ${name}`, () => {
    for (const [side, expected] of Object.entries(bySide)) {
      const { statistic, pValue } = wilcoxon(x, y, { alternative: side as Alternative });
      expectClose([statistic, pValue], expected);
    }
    expect(wilcoxon(x, y)).toEqual(wilcoxon(x, y, { alternative: "two-sided" }));
  });
}

test("adjustPValues() gives scipy's and the definitions' values", () => {
  const { p, ...methods } = scipy.adjusted;
  expectClose([...adjustPValues(p)], methods.holm, 1e-14);
  for (const method of ["holm", "bonferroni", "fdr_bh"] as const) {
    expectClose([...adjustPValues(p, { method: method })], methods[method], 1e-14);
  }
});

test("adjustPValues() keeps missing values, and doesn't count them", () => {
  expect([...adjustPValues([0.01, null, 0.02, Number.NaN], { method: "bonferroni" })]).toEqual([
    0.02,
    Number.NaN,
    0.04,
    Number.NaN,
  ]);
  expect(adjustPValues([]).length).toBe(0);
});

for (const { name, x, y, pearson: straight, spearman: ranked, line } of scipy.pairs) {
  test(`pearson(), spearman() and linearFit() give scipy's values: ${name}`, () => {
    const [p, s, fit] = [pearson(x, y), spearman(x, y), linearFit(x, y)];
    // Near r = 1, what is left of 1 - r² has lost digits, and p is a high power of it.
    expectClose([p.statistic, p.pValue], straight, 1e-8);
    expectClose([s.statistic, s.pValue], ranked, 1e-8);
    const { slope, intercept, rSquared, pValue, slopeError, interceptError } = fit;
    expectClose([slope, intercept, rSquared, pValue, slopeError, interceptError], line, 1e-8);
  });
}

test("circleFit() gives scikit-image's circle", () => {
  const { points, center, radius, residual } = scipy.circle;
  const fit = circleFit(points);
  expectClose([...fit.center, fit.radius, fit.residual], [...center, radius, residual], 1e-9);
  expect(() =>
    circleFit([
      [0, 0],
      [1, 1],
      [2, 2],
    ]),
  ).toThrow("the points must not be on a line");
  expect(() =>
    circleFit([
      [0, 0],
      [1, 1],
    ]),
  ).toThrow("at least 3 points [y, x] are needed, got 2 points");
});

for (const { points, others, places, from } of scipy.nearest) {
  test(`nearestPoints() gives cKDTree's points in ${points[0].length}-D`, () => {
    const among = nearestPoints(points, { count: 3 });
    expectClose(Array.from(among.distances.data), others[0], 1e-12);
    expect(Array.from(among.indices.data)).toEqual(others[1]);
    const seen = nearestPoints(points, { from: ndarray(places), count: 2 });
    expectClose(Array.from(seen.distances.data), from[0], 1e-12);
    expect(Array.from(seen.indices.data)).toEqual(from[1]);
  });
}

test("nearestPoints() takes the centroids of a table, and no image", () => {
  const table = new Table({ label: [1, 2, 3], "centroid-0": [0, 3, 0], "centroid-1": [0, 4, 1] });
  expect([...nearestPoints(table).distances.data]).toEqual([1, Math.sqrt(18), 1]);
  const renamed = table.rename({ "centroid-0": "centroid_0", "centroid-1": "centroid_1" });
  expect([...nearestPoints(renamed).indices.data]).toEqual([2, 2, 0]);
  expect(() => nearestPoints(table.select(["label"]))).toThrow(
    'the table must have the columns of centroids, got label; add "centroid" to the properties',
  );
  expect(() => nearestPoints(ndarray(new Float64Array(20), [4, 5]))).toThrow(
    "the points must be [count, 2] or [count, 3], got shape [4, 5]; of a mask's objects take regionpropsTable",
  );
});

test("nearestPoints() says where there are too few points, and takes the first of equally far ones", () => {
  const { distances, indices } = nearestPoints(
    [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
    { count: 3 },
  );
  expect(Array.from(distances.data).slice(0, 3)).toEqual([1, 1, Number.POSITIVE_INFINITY]);
  expect(Array.from(indices.data).slice(0, 3)).toEqual([1, 2, -1]);
  expect(nearestPoints([]).distances.shape).toEqual([0, 1]);
  expect(() => nearestPoints([[0, 0], [1]])).toThrow("each point must be of 2 finite numbers, got [1]");
  expect(() => nearestPoints([[0, 0]], { from: [[0, 0, 0]] })).toThrow("got 2 and 3");
});

test("missing values are left out, of pairs both", () => {
  const table = new Table([
    { area: 1, mean: 3 },
    { area: 2, mean: null },
    { area: null, mean: 9 },
    { area: 4, mean: 5 },
    { area: 5, mean: 8 },
  ]);
  expect(pearson(table.column("area"), table.column("mean"))).toEqual(pearson([1, 4, 5], [3, 5, 8]));
  expect(tTest(table.column("area"), [7, 8, Number.NaN])).toEqual(tTest([1, 2, 4, 5], [7, 8]));
});

test("samples of equal values have no variance, also where their sum is rounded", () => {
  const [tenths, rising] = [
    [0.1, 0.1, 0.1],
    [1, 2, 4],
  ];
  expect(() => linearFit(tenths, rising)).toThrow("x must have different values, got 0.1 only");
  // As scipy, which looks whether all values are the first one.
  for (const { statistic, pValue } of [pearson(tenths, rising), pearson(rising, tenths)]) {
    expect([statistic, pValue]).toEqual([Number.NaN, Number.NaN]);
  }
  expect(linearFit(rising, tenths).slope).toBe(0);
  for (const options of [{}, { equalVariances: true }, { paired: true }]) {
    const { statistic, pValue, interval } = tTest([0.3, 0.3, 0.3], tenths, options);
    expect([statistic, pValue]).toEqual([Number.POSITIVE_INFINITY, 0]);
    expectClose(interval, [0.2, 0.2]);
    expect(tTest(tenths, tenths, options).pValue).toBeNaN();
  }
});

test("samples of equal values: infinite F, and no H, as scipy", () => {
  expect(anova([1, 1], [2, 2])).toMatchObject({ statistic: Number.POSITIVE_INFINITY, pValue: 0 });
  expect(anova([0.1, 0.1, 0.1], [0.1, 0.1]).pValue).toBeNaN();
  expect(kruskalWallis([1, 1], [1, 1])).toMatchObject({ statistic: Number.NaN, pValue: Number.NaN });
  expect(wilcoxon([1, 2, 3], [1, 2, 3])).toEqual({ statistic: 0, pValue: 1, method: "exact" });
  // scipy.stats.mannwhitneyu([1, 1], [1, 1], alternative="less")
  expect(mannWhitney([1, 1], [1, 1], { alternative: "less" }).pValue).toBe(1);
});

test("missing values of several samples and of signed pairs are left out", () => {
  expect(anova([1, null, 3], [4, Number.NaN, 6, 9])).toEqual(anova([1, 3], [4, 6, 9]));
  expect(kruskalWallis([1, null, 3], [4, 6, 9])).toEqual(kruskalWallis([1, 3], [4, 6, 9]));
  expect(wilcoxon([1, null, 3, 7], [4, 2, Number.NaN, 9])).toEqual(wilcoxon([1, 7], [4, 9]));
});

test.each([
  [() => anova([1, 2]), "compare the means: at least 2 samples are needed, got 1; use anova(a, b, c)"],
  [() => anova([1], [2]), "compare the means: a sample must have 2 values at least, got 1 in each"],
  [() => anova([1, 2], []), "compare the means: at least 1 values are needed, got 0"],
  [() => kruskalWallis(), "compare the ranks: at least 2 samples are needed, got 0; use kruskalWallis("],
  [() => kruskalWallis([1], ["a"]), 'compare the ranks: the values must be numbers, got "a"'],
  [() => wilcoxon([1, 2], [1]), "test the signed ranks: both lists must be equally long, got 2 and 1 values"],
  [() => wilcoxon([null], [1]), "test the signed ranks: at least 1 pairs are needed, got 0"],
  [
    () => wilcoxon([1], [2], { alternative: "smaller" as never }),
    'test the signed ranks: alternative must be "two-sided", "less" or "greater", got "smaller"',
  ],
  [() => tTest([1, 2], [2, 3], { alternative: "larger" as never }), "test the means: alternative must be"],
  [() => mannWhitney([1], [2], { alternative: 1 as never }), "test the ranks: alternative must be"],
  [() => adjustPValues([0.5, 1.5]), "adjust p values: p must be from 0 to 1, got 1.5"],
  [
    () => adjustPValues([0.5], { method: "bh" as never }),
    'adjust p values: method must be "holm", "bonferroni" or "fdr_bh", got "bh"',
  ],
])("tests refuse what they can't do: %#", (call, message) => {
  expect(call).toThrow(`Cannot ${message}`);
});

test("wrong samples are named", () => {
  expect(() => tTest([1], [1, 2])).toThrow("Cannot test the means: at least 2 values are needed, got 1");
  expect(() => tTest(["1", "2"], [1, 2])).toThrow(
    'Cannot test the means: the values must be numbers, got "1"',
  );
  expect(() => mannWhitney("12" as never, [1])).toThrow(
    'a list of numbers is needed, got string; use table.column("area")',
  );
  expect(() => pearson([1, 2, 3], [1, 2])).toThrow("both lists must be equally long, got 3 and 2 values");
  expect(() => linearFit([1, 1, 1], [1, 2, 3])).toThrow("x must have different values, got 1 only");
});
