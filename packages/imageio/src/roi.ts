import { viewOf } from "./dataview";

/** A closed line through places `[y, x]` in pixels. */
type Ring = readonly (readonly [y: number, x: number])[];

/** A region of interest of ImageJ. */
export interface Roi {
  readonly name: string;
  /** Outlines and holes: inside is what an odd number of them goes around. */
  readonly rings: readonly Ring[];
  /** Plane of the stack that it is in, from 0; undefined if it is on all. */
  readonly plane: number | undefined;
}

// ij.io.RoiDecoder: where the fields are, types, options and segments of a path.
const HEADER = 64;
const HEADER2 = 64;
const [VERSION, TYPE, BOUNDS, COUNT, SIZE, SHAPE_SIZE, OPTIONS, POSITION, HEADER2_OFFSET] = [
  ...[4, 6, 8, 16, 18, 36, 50, 56, 60],
];
const [Z_POSITION, T_POSITION, NAME_OFFSET, NAME_LENGTH] = [8, 12, 16, 20];
const [POLYGON, RECTANGLE, OVAL, FREEHAND, TRACED] = [0, 1, 2, 7, 8];
const SUB_PIXEL = 128;
const [MOVE, LINE, CLOSE] = [0, 1, 4];
const MAGIC = "Iout";
const MOST = 32767;
const typeNames = [
  ...["polygon", "rectangle", "oval", "line", "freehand line", "segmented line", "none"],
  ...["freehand", "traced", "angle", "point"],
];

/** The segments of a path, as ImageJ has them: what is done, x, y. */
const segmentsOf = (rings: readonly Ring[]): number[] =>
  rings.flatMap((ring) => [...ring.flatMap(([y, x], index) => [index === 0 ? MOVE : LINE, x, y]), CLOSE]);

/**
 * The bytes of a region of interest, as ImageJ writes them: one ring along the edges of pixels as a traced region,
 * several, or one through fractions of pixels, as a composite one, whose places are float32.
 *
 * @throws {RangeError} if a place is beyond 32767, which ImageJ's 16 bits can't say
 */
export function encodeRoi({ name, rings, plane }: Roi): Uint8Array {
  const places = rings.flat();
  const [ys, xs] = [0, 1].map((axis) => places.map((place) => place[axis]));
  const range = (values: readonly number[]) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [MOST, 0]);
  const [[top, bottom], [left, right]] = [ys, xs].map((values) => {
    const [low, high] = range(values);
    return [Math.floor(low), Math.ceil(high)];
  });
  if (bottom > MOST || right > MOST) {
    throw new RangeError(`places must be up to ${MOST}, got [${bottom}, ${right}] in ${name}`);
  }
  const isTraced = rings.length === 1 && places.flat().every(Number.isInteger);
  const segments = isTraced ? [] : segmentsOf(rings);
  const header2 = HEADER + (isTraced ? 4 * places.length : 4 * segments.length);
  const bytes = Buffer.alloc(header2 + HEADER2 + 2 * name.length);
  bytes.write(MAGIC, 0, "latin1");
  bytes.writeUInt16BE(228, VERSION);
  bytes.writeUInt8(isTraced ? TRACED : RECTANGLE, TYPE);
  [top, left, bottom, right].forEach((value, index) => {
    bytes.writeInt16BE(value, BOUNDS + 2 * index);
  });
  bytes.writeUInt32BE(plane === undefined ? 0 : plane + 1, POSITION);
  bytes.writeUInt32BE(header2, HEADER2_OFFSET);
  if (isTraced) {
    // From 65536 on the number stands elsewhere.
    if (places.length <= 0xffff) bytes.writeUInt16BE(places.length, COUNT);
    else bytes.writeUInt32BE(places.length, SIZE);
    places.forEach(([y, x], index) => {
      bytes.writeUInt16BE(x - left, HEADER + 2 * index);
      bytes.writeUInt16BE(y - top, HEADER + 2 * (places.length + index));
    });
  } else {
    bytes.writeUInt32BE(segments.length, SHAPE_SIZE);
    segments.forEach((value, index) => {
      bytes.writeFloatBE(value, HEADER + 4 * index);
    });
  }
  bytes.writeUInt32BE(header2 + HEADER2, header2 + NAME_OFFSET);
  bytes.writeUInt32BE(name.length, header2 + NAME_LENGTH);
  for (let i = 0; i < name.length; i++) bytes.writeUInt16BE(name.charCodeAt(i), header2 + HEADER2 + 2 * i);
  return bytes;
}

type Place = [y: number, x: number];

/** The rings of a composite region. */
function ringsOfShape(view: DataView): Place[][] {
  const rings: Place[][] = [];
  const size = view.getInt32(SHAPE_SIZE);
  const value = (index: number) => view.getFloat32(HEADER + 4 * index);
  for (let at = 0; at < size; ) {
    const segment = value(at);
    if (segment === CLOSE) at += 1;
    else if (segment === MOVE || segment === LINE) {
      if (segment === MOVE) rings.push([]);
      rings.at(-1)?.push([value(at + 2), value(at + 1)]);
      at += 3;
    } else throw new Error("its outline must be of straight lines, got curves");
  }
  return rings;
}

function ringOfPlaces(view: DataView, top: number, left: number): Place[] {
  const count = view.getUint16(COUNT) || view.getInt32(SIZE);
  if (count < 0 || HEADER + 4 * count > view.byteLength) throw new Error("it is not whole");
  const hasFractions = view.getUint16(VERSION) >= 222 && view.getUint16(OPTIONS) & SUB_PIXEL;
  const whole = (index: number) => view.getInt16(HEADER + 2 * index);
  const fraction = (index: number) => view.getFloat32(HEADER + 4 * count + 4 * index);
  return Array.from({ length: count }, (_, i) =>
    hasFractions ? [fraction(count + i), fraction(i)] : [top + whole(count + i), left + whole(i)],
  );
}

/** An ellipse in a box, as a ring of one corner a degree. */
const ellipse = (top: number, left: number, height: number, width: number): Place[] =>
  Array.from({ length: 360 }, (_, degree) => {
    const angle = (degree * Math.PI) / 180;
    return [top + (height / 2) * (1 + Math.sin(angle)), left + (width / 2) * (1 + Math.cos(angle))];
  });

function ringsOf(view: DataView): Place[][] {
  const type = view.getUint8(TYPE);
  const [top, left, bottom, right] = [0, 1, 2, 3].map((index) => view.getInt16(BOUNDS + 2 * index));
  if (type === RECTANGLE && view.getInt32(SHAPE_SIZE) > 0) return ringsOfShape(view);
  if (type === POLYGON || type === FREEHAND || type === TRACED) return [ringOfPlaces(view, top, left)];
  const isFine = view.getUint16(VERSION) >= 223 && (view.getUint16(OPTIONS) & SUB_PIXEL) !== 0;
  const [x, y, width, height] = isFine
    ? [0, 1, 2, 3].map((index) => view.getFloat32(SIZE + 4 * index))
    : [left, top, right - left, bottom - top];
  if (type === OVAL) return [ellipse(y, x, height, width)];
  if (type !== RECTANGLE) {
    throw new Error(`it must be an area, got a ${typeNames[type] ?? `region of type ${type}`}`);
  }
  return [
    [
      [y, x],
      [y, x + width],
      [y + height, x + width],
      [y + height, x],
    ],
  ];
}

/**
 * A region of interest from its bytes: polygons, freehand and traced ones, rectangles, ovals, and composites of these.
 *
 * @param name if the bytes have none
 * @throws {Error} if it is no area, or damaged
 */
export function decodeRoi(bytes: Uint8Array, name: string): Roi {
  const view = viewOf(bytes);
  if (bytes.length < HEADER || Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== MAGIC) {
    throw new Error("it is no region of ImageJ");
  }
  try {
    const header2 = view.getUint32(HEADER2_OFFSET);
    const ofStack = header2 > 0 ? [Z_POSITION, T_POSITION].map((at) => view.getUint32(header2 + at)) : [];
    const position = view.getUint32(POSITION) || ofStack.find((at) => at > 0) || 0;
    const length = header2 > 0 ? view.getUint32(header2 + NAME_LENGTH) : 0;
    const start = header2 > 0 ? view.getUint32(header2 + NAME_OFFSET) : 0;
    if (start + 2 * length > bytes.length) throw new Error("it is not whole");
    const letters = Array.from({ length }, (_, i) => view.getUint16(start + 2 * i));
    return {
      name: length > 0 ? String.fromCharCode(...letters) : name,
      rings: ringsOf(view),
      plane: position > 0 ? position - 1 : undefined,
    };
  } catch (cause) {
    if (cause instanceof RangeError) throw new Error("it is not whole", { cause });
    throw cause;
  }
}
