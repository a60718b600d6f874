const percent = (share) => `${(100 * share).toFixed(0)} %`;

const line = (cells, widths) =>
  cells
    .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
    .join("  ")
    .trimEnd();

function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => line(row, widths)).join("\n");
}

const distinct = (values) => [...new Set(values)];

/** Of a task's samples, how many pass; of several tasks, the mean over the tasks. */
function passAtOne(answers) {
  const shares = distinct(answers.map(({ task }) => task)).map((task) => {
    const samples = answers.filter((answer) => answer.task === task);
    return samples.filter(({ outcome }) => outcome === "passed").length / samples.length;
  });
  return shares.length > 0 ? shares.reduce((sum, share) => sum + share, 0) / shares.length : undefined;
}

/**
 * Say how many answers pass: pass@1 by group, and the classes of the errors, a column for each set of answers.
 *
 * @param answers as `runAnswers` gives them
 * @param tasks by name
 */
export function report(answers, tasks) {
  const sets = distinct(answers.map(({ set }) => set)).sort();
  const groups = distinct([...tasks.values()].map(({ group }) => group));
  const ofGroup = (group) => answers.filter(({ task }) => tasks.get(task).group === group);
  const cells = (list) =>
    sets.map((set) => {
      const share = passAtOne(list.filter((answer) => answer.set === set));
      return share === undefined ? "" : percent(share);
    });
  const passed = [
    ["pass@1", ...sets],
    ...groups.filter((group) => ofGroup(group).length > 0).map((group) => [group, ...cells(ofGroup(group))]),
    ["all", ...cells(answers)],
  ];
  const outcomes = distinct(answers.map(({ outcome }) => outcome)).sort((a, b) => a.localeCompare(b));
  const ofSet = (set, outcome) =>
    answers.filter((answer) => answer.set === set && answer.outcome === outcome).length;
  const counts = outcomes.map((outcome) => [outcome, ...sets.map((set) => String(ofSet(set, outcome)))]);
  return `${table(passed)}\n\n${table([["answers", ...sets], ...counts])}`;
}
