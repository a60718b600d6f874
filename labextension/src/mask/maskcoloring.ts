import {
  type ColorScale,
  colorScale,
  MATCH_COLORS,
  type MaskPayload,
  scaleColor,
  type TablePayload,
} from "@bioengine/mime";
import { trans } from "../translation";
import type { Point } from "../viewport";
import { colorBar } from "./colorbar";
import { type Legend, NO_LEGEND } from "./legend";
import { givenMeasurement, type Measurement, ownMeasurements, tableMeasurements } from "./measurement";
import { type Outcome, outcomeLegend, outcomeName } from "./outcome";
import type { Scene } from "./scene";

const byLabel = () => trans.__("Label");
const byOutcome = () => trans.__("Comparison");

/** There is room for so many measurements, and the one that colours stand for. */
const TOLD_MEASUREMENTS = 8;

/** What is told of a label. */
export interface Told {
  readonly heading: string;
  /** The label's CSS colour. */
  readonly color: string;
  /** Names and texts of its measurements. */
  readonly rows: readonly (readonly [string, string])[];
}

/** How the labels of a mask, and of the one that it is compared with, turned out. */
export interface Outcomes {
  readonly found: readonly Outcome[];
  readonly expected: readonly Outcome[];
}

/** What a mask's labels are coloured by: the labels themselves, a comparison, or one of their measurements. */
export class MaskColoring {
  /** Those of the tables on the page that are of the mask, then those of the mask itself. */
  measurements: readonly Measurement[] = [];
  private readonly given: Measurement | null;
  private chosen: { readonly measurement: Measurement; readonly scale: ColorScale } | null = null;
  private tables: readonly TablePayload[] = [];

  constructor(
    private readonly payload: MaskPayload,
    private readonly scene: Scene,
    private readonly outcomes: Outcomes | null,
  ) {
    this.given = payload.measurement ? givenMeasurement(scene.map, payload.measurement) : null;
    if (this.given) this.measurements = [this.given];
    this.choose(0);
  }

  /** The choices in words; the first is the one to begin with. */
  get names(): string[] {
    return [
      ...(this.given ? [this.given.title] : []),
      ...(this.outcomes ? [byOutcome()] : []),
      byLabel(),
      ...this.measurements.map(({ title }) => title).filter((title) => title !== this.given?.title),
    ];
  }

  /** The measurement that the colours stand for. */
  get measurement(): Measurement | null {
    return this.chosen?.measurement ?? null;
  }

  /** Offer what these tables tell of the labels, instead of the tables before. */
  offer(tables: readonly TablePayload[]): void {
    this.tables = tables;
    this.update();
  }

  /** Measure again, when another plane is shown. */
  update(): void {
    const byTitle = new Map<string, Measurement>();
    // A column beats its namesake that is measured here, and comes first, also in a tooltip: somebody asked for it.
    for (const table of this.tables)
      for (const measurement of tableMeasurements(this.scene.map, table)) {
        // A part of a table, such as its largest rows, does not hide the whole.
        const other = byTitle.get(measurement.title);
        if (!other || knownValues(measurement) >= knownValues(other))
          byTitle.set(measurement.title, measurement);
      }
    // The picture and the text of the output tell this one too.
    if (this.given) byTitle.set(this.given.title, this.given);
    for (const measurement of ownMeasurements(this.scene.map, this.payload))
      if (!byTitle.has(measurement.title)) byTitle.set(measurement.title, measurement);
    this.measurements = [...byTitle.values()];
    const title = this.chosen?.measurement.title;
    if (title !== undefined) this.choose(Math.max(this.names.indexOf(title), 0));
  }

  /** Colour by one of `names`. */
  choose(position: number): void {
    const { scene, outcomes } = this;
    const name = this.names[position];
    const measurement = this.measurements.find(({ title }) => title === name);
    const chosen = measurement ? { measurement, scale: colorScale(measurement.values) } : null;
    this.chosen = chosen;
    scene.showsContours = name === byOutcome();
    if (chosen) scene.recolor((index) => scaleColor(chosen.scale, chosen.measurement.values[index]));
    else if (outcomes && scene.showsContours) scene.recolor((index) => MATCH_COLORS[outcomes.found[index]]);
    else scene.recolor(scene.labelColor);
  }

  /**
   * What there is to tell of a position: of the label there, and where there is none, of the other mask's in a
   * comparison.
   */
  tellOf(index: number, position: Point): Told | null {
    const { scene, outcomes, measurements, measurement } = this;
    const { map, contours, showsContours } = scene;
    const compared = showsContours ? outcomes : null;
    if (index !== 0) {
      const rows = measurements.slice(0, TOLD_MEASUREMENTS);
      if (measurement && !rows.includes(measurement)) rows.push(measurement);
      const outcome = compared ? ` · ${outcomeName(compared.found[index])}` : "";
      return {
        heading: trans.__("Label %1", map.labels[index]) + outcome,
        color: scene.cssColor(index),
        rows: rows.map(({ name, text }) => [name, text(index)]),
      };
    }
    const other = compared && contours ? contours.map.indexAt(position.x, position.y) : 0;
    if (!compared || !contours || other === 0) return null;
    const outcome = compared.expected[other];
    return {
      heading: trans.__("Label %1 of the other mask · %2", contours.map.labels[other], outcomeName(outcome)),
      color: `rgb(${MATCH_COLORS[outcome].join(" ")})`,
      rows: [],
    };
  }

  /**
   * What the colours mean; nothing where they stand for labels.
   *
   * @param width of the picture in CSS pixels
   */
  legend(width: number): Legend {
    const { chosen, outcomes, scene } = this;
    if (chosen) return colorBar(chosen.scale, chosen.measurement.title, width);
    if (outcomes && scene.showsContours) return outcomeLegend(outcomes.found, outcomes.expected, width);
    return NO_LEGEND;
  }
}

const knownValues = ({ values }: Measurement): number =>
  values.filter((value) => !Number.isNaN(value)).length;
