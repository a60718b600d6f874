import { type ChartFrame, chartFrame, countAxis, numberAxis } from "./chart";
import type { Bins } from "./histogram";
import type { Scene, Shape } from "./scene";

/** A histogram as a picture. */
export function histogramScene({ edges, counts }: Bins, xLabel: string, title: string | undefined): Scene {
  const x = numberAxis(xLabel, edges[0]!, edges.at(-1)!);
  const frame: ChartFrame = chartFrame(x, countAxis("count", Math.max(...counts)), title, []);
  const bars = counts.map((count, i): Shape => {
    const [start, top] = frame.at(edges[i]!, count);
    const [end, bottom] = frame.at(edges[i + 1]!, 0);
    // A gap of one pixel between bars that are wide enough.
    const gap = end - start > 4 ? 0.5 : 0;
    return {
      kind: "box",
      at: [start + gap, top],
      width: end - start - 2 * gap,
      height: bottom - top,
      ink: "first",
    };
  });
  return { ...frame, shapes: [...frame.shapes, ...bars] };
}
