import type { MaskPayload, TablePayload } from "@bioengine/mime";
import { colorBar } from "./colorbar";
import { type ColorScale, colorScale, scaleColor } from "./colorscale";
import type { Mark } from "./mark";
import { type Measurement, ownMeasurements, tableMeasurements } from "./measurement";
import type { Scene } from "./scene";
import type { Size } from "./viewport";

/** What the list of colourings begins with. */
const BY_LABEL = "Label";

/** What a mask's labels are coloured by: the labels themselves, or one of their measurements. */
export class MaskColoring {
  /** By the mask itself, then by the tables of it on the page. */
  measurements: readonly Measurement[] = [];
  private chosen: { readonly measurement: Measurement; readonly scale: ColorScale } | null = null;
  private tables: readonly TablePayload[] = [];

  constructor(
    private readonly payload: MaskPayload,
    private readonly scene: Scene,
  ) {}

  /** The choices in words; the first is the colouring by label. */
  get names(): string[] {
    return [BY_LABEL, ...this.measurements.map(({ title }) => title)];
  }

  /** The measurement that the colours stand for. */
  get measurement(): Measurement | null {
    return this.chosen?.measurement ?? null;
  }

  /** Offer what these tables tell of the labels, instead of the tables before; a column beats what is measured here. */
  offer(tables: readonly TablePayload[]): void {
    this.tables = tables;
    this.update();
  }

  /** Measure again, when another plane is shown. */
  update(): void {
    const byTitle = new Map<string, Measurement>();
    for (const measurement of ownMeasurements(this.scene.map, this.payload))
      byTitle.set(measurement.title, measurement);
    for (const table of this.tables)
      for (const measurement of tableMeasurements(this.scene.map, table))
        byTitle.set(measurement.title, measurement);
    this.measurements = [...byTitle.values()];
    const title = this.chosen?.measurement.title;
    if (title !== undefined) this.choose(this.names.indexOf(title));
  }

  /** Colour by one of `names`. */
  choose(position: number): void {
    const measurement = this.measurements[position - 1];
    this.chosen = measurement ? { measurement, scale: colorScale(measurement.values) } : null;
    const { chosen, scene } = this;
    if (!chosen) scene.recolor(scene.labelColor);
    else scene.recolor((index) => scaleColor(chosen.scale, chosen.measurement.values[index]));
  }

  /** The colour bar; none where colours stand for labels. */
  marks(canvas: Size): Mark[] {
    return this.chosen ? colorBar(this.chosen.scale, this.chosen.measurement.title, canvas) : [];
  }
}
