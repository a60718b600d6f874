import type { Point, Scene, Shape } from "../chart/scene";
import { clip } from "../clip";
import { numberText } from "../numbertext";
import type { EpochValue, LearningFacts } from "./learningfacts";
import { epochTicks, isDotted, learningPanels, type Panel, panelHeight } from "./learningpanels";
import { epochText, valueText } from "./learningtext";

/** Room for the numbers of the y axis, and for half of the last epoch. */
const left = 52;
const right = 18;
/** Room for a panel's name, and for the epochs. */
const above = 30;
const below = 40;
const headingHeight = 46;

/** Draw the panels of a training side by side, under a heading if there is one. */
export function learningScene(facts: LearningFacts, heading?: { title: string; status: string }): Scene {
  const panels = learningPanels(facts);
  const top = heading ? headingHeight : 0;
  const width = panels.reduce((sum, panel) => sum + left + panel.width + right, 0);
  const shapes: Shape[] = [];
  if (heading) {
    // A letter takes about half its size.
    const title = clip(heading.title, Math.floor((width - 24) / 8));
    const status = clip(heading.status, Math.floor((width - 24) / 6));
    shapes.push(
      { kind: "text", at: [12, 22], text: title, size: 14, anchor: "start", ink: "text", isBold: true },
      { kind: "text", at: [12, 40], text: status, size: 12, anchor: "start", ink: "quiet" },
    );
  }
  let start = 0;
  for (const panel of panels) {
    shapes.push(...panelShapes(panel, facts.span, [start + left, top + above]));
    start += left + panel.width + right;
  }
  return { width, height: top + above + panelHeight + below, shapes };
}

function panelShapes(panel: Panel, span: LearningFacts["span"], [x0, y0]: Point): Shape[] {
  const { ink, series, ringed, crossed, width, yTicks } = panel;
  const [low, high] = [yTicks[0]!, yTicks.at(-1)!];
  const x = (epoch: number) => x0 + ((epoch - span[0]) / (span[1] - span[0])) * width;
  const y = (value: number) => y0 + ((high - value) / (high - low)) * panelHeight;
  const at = ({ epoch, value }: EpochValue): Point => [x(epoch), y(value)];
  const bottom = y0 + panelHeight;

  const shapes = [...names(panel, [x0, y0])];
  for (const tick of yTicks) {
    const ends: Point[] = [
      [x0, y(tick)],
      [x0 + width, y(tick)],
    ];
    shapes.push(
      { kind: "line", points: ends, width: 1, ink: tick === 0 ? "axis" : "grid" },
      {
        kind: "text",
        at: [x0 - 10, y(tick) + 4],
        text: numberText(tick),
        size: 11,
        anchor: "end",
        ink: "quiet",
      },
    );
  }
  for (const tick of epochTicks(span)) {
    shapes.push({
      kind: "text",
      at: [x(tick), bottom + 17],
      text: String(tick),
      size: 11,
      anchor: "middle",
      ink: "quiet",
    });
  }
  for (const run of series.runs) shapes.push({ kind: "line", points: run.map(at), width: 1.75, ink });
  const told = isDotted(series) ? series.runs.flat() : [];
  for (const point of told) {
    const tip = `${epochText(point.epoch)}: ${panel.name} ${valueText(point.value)}`;
    shapes.push({ kind: "dot", at: at(point), radius: 2, ink, tip });
  }
  if (series.last) shapes.push({ kind: "dot", at: at(series.last), radius: 3.5, ink });
  if (ringed) shapes.push({ kind: "dot", at: at(ringed), radius: 6, ink, isRing: true });
  shapes.push(...crossed.flatMap((epoch) => cross([x(epoch), bottom - 7])));
  return shapes;
}

function names({ name, ink, lastText, bestText, width }: Panel, [x, y]: Point): Shape[] {
  const text = lastText ? `${name} ${lastText}` : name;
  return [
    { kind: "text", at: [x, y - 12], text, size: 12, anchor: "start", ink, isBold: true },
    { kind: "text", at: [x + width, y - 12], text: bestText, size: 11, anchor: "end", ink: "quiet" },
    {
      kind: "text",
      at: [x + width / 2, y + panelHeight + 34],
      text: "epoch",
      size: 11,
      anchor: "middle",
      ink: "quiet",
    },
  ];
}

function cross([x, y]: Point): Shape[] {
  const reach = 3;
  return [reach, -reach].map((dy) => ({
    kind: "line",
    points: [
      [x - reach, y - dy],
      [x + reach, y + dy],
    ],
    width: 1.5,
    ink: "trouble",
  }));
}
