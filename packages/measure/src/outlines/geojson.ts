import { checkOptions, NdArray, Table } from "@bioengine/ndarray";
import { type LabelPolygons, labelPolygons, type Ring } from "./labelpolygons";
import { paintRings } from "./paintrings";
import { checkedPlane } from "./plane";

/** A place as GeoJSON has it: x, then y. */
export type GeoJsonPosition = readonly [x: number, y: number];

/** A label as GeoJSON. */
export interface GeoJsonFeature {
  readonly type: "Feature";
  readonly id: number;
  readonly geometry:
    | { readonly type: "Polygon"; readonly coordinates: readonly (readonly GeoJsonPosition[])[] }
    | {
        readonly type: "MultiPolygon";
        readonly coordinates: readonly (readonly (readonly GeoJsonPosition[])[])[];
      };
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Labels as GeoJSON (RFC 7946), for `JSON.stringify`. */
export interface GeoJson {
  readonly type: "FeatureCollection";
  readonly features: readonly GeoJsonFeature[];
}

/** What goes along with the outlines. */
export interface ToGeoJsonOptions {
  /** Measurements with a column `label`: each row is a feature, with the row's values as its properties. */
  table?: Table;
}

const positionsOf = (ring: Ring): GeoJsonPosition[] => [...ring, ring[0]].map(([y, x]) => [x, y] as const);

function geometryOf({ polygons }: LabelPolygons): GeoJsonFeature["geometry"] {
  const coordinates = polygons.map(({ outline, holes }) => [outline, ...holes].map(positionsOf));
  return coordinates.length === 1
    ? { type: "Polygon", coordinates: coordinates[0] }
    : { type: "MultiPolygon", coordinates };
}

/** Numbers that JSON has: 64-bit integers become numbers, NaN null. */
const jsonValue = (value: unknown): unknown => {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
};

/** The features of a table's rows, in their order. */
function featuresOfRows(labels: readonly LabelPolygons[], table: Table): GeoJsonFeature[] {
  const byLabel = new Map(labels.map((label) => [label.label, label]));
  const done = new Set<number>();
  return table.rows().map((row) => {
    const label = Number(row.label);
    const found = byLabel.get(label);
    if (found === undefined || done.has(label)) {
      throw new RangeError(
        `Cannot make GeoJSON: the table must have rows of the mask's labels, each once, got label ${row.label}${found ? " twice" : ""}`,
      );
    }
    done.add(label);
    const properties = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, jsonValue(value)]),
    );
    return { type: "Feature", id: label, geometry: geometryOf(found), properties };
  });
}

/** What is printed of GeoJSON: of its outlines alone there would be thousands of lines. */
function summary(features: readonly GeoJsonFeature[]): string {
  const count = (type: string) => features.filter(({ geometry }) => geometry.type === type).length;
  const types = ["Polygon", "MultiPolygon"].filter((type) => count(type) > 0);
  const names = Object.keys(features[0]?.properties ?? {});
  return [
    `GeoJSON FeatureCollection: ${features.length} feature${features.length === 1 ? "" : "s"}`,
    ...types.map((type) => `${count(type)} ${type}`),
    ...(names.length > 0 ? [`properties ${names.join(" ")}`] : []),
    "JSON.stringify(…) writes them",
  ].join(", ");
}

/**
 * Outline the labels of a mask as GeoJSON, which QuPath, napari, GIS and Python's geopandas read: along the edges of the
 * pixels, holes as inner rings, parts that only touch at a corner as a MultiPolygon.
 *
 * @param labels `[y, x]` integers, 0 = background; not modified
 * @param options.table measurements with a column `label`: each row is a feature, with the row's values as its
 *   properties; left out, each label is one
 * @returns features in pixels, x to the right and y down; the first pixel reaches from 0, 0 to 1, 1. In a console it
 *   prints as one line
 * @throws {TypeError} if the labels are no integers, or the table is none
 * @throws {RangeError} if the axes are others, or the table has no column `label` or rows of other labels
 * @example
 * JSON.stringify(toGeoJson(mask, { table: regionpropsTable(mask) }));
 */
export function toGeoJson(labels: NdArray, options: ToGeoJsonOptions = {}): GeoJson {
  checkOptions({ name: "toGeoJson", action: "outline labels", options: ["table"] }, options);
  const { table } = options;
  if (table !== undefined && !(table instanceof Table)) {
    throw new TypeError(
      `Cannot outline labels: table must be a Table, got ${typeof table}; use new Table(rows)`,
    );
  }
  table?.column("label");
  const polygons = labelPolygons(labels);
  const features = table
    ? featuresOfRows(polygons, table)
    : polygons.map(
        (label): GeoJsonFeature => ({
          type: "Feature",
          id: label.label,
          geometry: geometryOf(label),
          properties: { label: label.label },
        }),
      );
  const json: GeoJson = { type: "FeatureCollection", features };
  // Node.js's mark of what an object looks like when it is printed; JSON leaves it out.
  return Object.defineProperty(json, Symbol.for("nodejs.util.inspect.custom"), {
    value: () => summary(features),
  });
}

/** Features, geometries and their coordinates as they come from a file. */
interface Json {
  readonly type?: unknown;
  readonly features?: unknown;
  readonly geometry?: Json;
  readonly properties?: { readonly label?: unknown } | null;
  readonly coordinates?: unknown;
}

const refused = (requirement: string, got: unknown): TypeError =>
  new TypeError(`Cannot read GeoJSON: ${requirement}, got ${JSON.stringify(got)}`);

function featuresIn(json: unknown): readonly Json[] {
  if (Array.isArray(json)) return json;
  const { type, features } = (json ?? {}) as Json;
  if (type === "Feature") return [json as Json];
  if (type === "FeatureCollection" && Array.isArray(features)) return features;
  throw refused(
    "a FeatureCollection or a list of features is needed",
    typeof json === "string" ? "a text" : type,
  );
}

const isPosition = (value: unknown): value is GeoJsonPosition =>
  Array.isArray(value) && value.length >= 2 && value.every(Number.isFinite);

function ringOf(positions: unknown): Ring {
  if (!Array.isArray(positions) || !positions.every(isPosition)) {
    throw refused("a ring must be a list of [x, y]", positions);
  }
  return positions.map(([x, y]: GeoJsonPosition) => [y, x] as const);
}

/**
 * Paint the polygons of GeoJSON, such as annotations of QuPath, as labels: the pixels whose middle is inside.
 *
 * @param json a FeatureCollection, a list of features or one, of Polygons and MultiPolygons in pixels
 * @param shape `[height, width]` of the image
 * @returns `[y, x]` int32, role "labels": what the features' property `label` says if all have one, else 1, 2, … in
 *   their order; where they overlap, the later one
 * @throws {TypeError} if it is not such GeoJSON
 * @throws {RangeError} if the shape is none
 * @example
 * const truth = fromGeoJson(JSON.parse(readFileSync("annotations.geojson", "utf8")), image.shape);
 */
export function fromGeoJson(json: unknown, shape: readonly number[]): NdArray<"int32"> {
  const [height, width] = checkedPlane(shape, "read GeoJSON", "fromGeoJson(json, [512, 512])");
  const features = featuresIn(json);
  const own = features.map((feature) => feature?.properties?.label);
  const areLabels = own.every(
    (label) => Number.isInteger(label) && Number(label) > 0 && Number(label) < 2 ** 31,
  );
  const buffer = new Int32Array(height * width);
  features.forEach((feature, index) => {
    const { type, coordinates } = feature?.geometry ?? {};
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    if ((type !== "Polygon" && type !== "MultiPolygon") || !Array.isArray(polygons)) {
      throw refused("all features must be of Polygons", type);
    }
    for (const polygon of polygons) {
      if (!Array.isArray(polygon)) throw refused("a polygon must be a list of rings", polygon);
      paintRings(polygon.map(ringOf), areLabels ? Number(own[index]) : index + 1, buffer, width);
    }
  });
  return new NdArray({ dtype: "int32", shape: [height, width], buffer, role: "labels" });
}
