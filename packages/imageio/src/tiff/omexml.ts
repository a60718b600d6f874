import { knownSize, micrometres } from "../unit";

/** Where planes of an OME image lie: from the place of `first` on, one a page. */
export interface OmePages {
  /** The first page, from 0; undefined: the file's first. */
  readonly page: number | undefined;
  readonly count: number | undefined;
  /** Place of the first plane along the axes Z, C and T. */
  readonly first: Readonly<Record<string, number>>;
  /** The name of another file that has them. */
  readonly elsewhere: string | undefined;
}

/** What OME-XML says of a file's first image. */
export interface OmeImage {
  /** Axes from the one that changes slowest to X. */
  readonly axes: string;
  readonly sizes: Readonly<Record<string, number>>;
  /** Pixel size in µm, by axis. */
  readonly spacing: Readonly<Record<string, number | undefined>>;
  readonly pages: readonly OmePages[];
  readonly name: string | undefined;
  /** The channels' names in their order; undefined unless each has one. */
  readonly channels: readonly string[] | undefined;
}

type Attributes = Readonly<Record<string, string>>;

interface Draft {
  name: string | undefined;
  pixels: Attributes;
  pages: OmePages[];
  channels: (string | undefined)[];
}

function whole(attributes: Attributes, name: string, otherwise?: number): number {
  const value = Number(attributes[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`its OME-XML must have a whole number for ${name}, got ${attributes[name]}`);
  }
  return value;
}

const optional = (attributes: Attributes, name: string): number | undefined =>
  attributes[name] === undefined ? undefined : whole(attributes, name);

function pagesOf(attributes: Attributes): OmePages {
  const first = Object.fromEntries(
    ["Z", "C", "T"].map((axis) => [axis, whole(attributes, `First${axis}`, 0)]),
  );
  const page = optional(attributes, "IFD");
  // With a page alone, it is one plane; with nothing, it is all of them.
  const count = optional(attributes, "PlaneCount") ?? (page === undefined ? undefined : 1);
  return { page, count, first, elsewhere: undefined };
}

function imageOf({ name, pixels, pages, channels }: Draft): OmeImage {
  const order = pixels.DimensionOrder ?? "";
  if ([...order].sort().join("") !== "CTXYZ" || !order.startsWith("XY")) {
    throw new Error(`its OME-XML must have an order such as XYZCT, got ${order}`);
  }
  const axes = [...order].reverse().join("");
  const sizes = Object.fromEntries(
    [...axes].map((axis) => [axis, Math.max(1, whole(pixels, `Size${axis}`))]),
  );
  const spacing = Object.fromEntries(
    ["Z", "Y", "X"].map((axis) => {
      const unit = micrometres(pixels[`PhysicalSize${axis}Unit`] ?? "µm");
      const size = Number(pixels[`PhysicalSize${axis}`] ?? Number.NaN);
      return [axis, unit === undefined ? undefined : knownSize(size * unit)];
    }),
  );
  const names = channels.flatMap((channel) => channel || []);
  const isNamed = names.length > 0 && names.length === channels.length;
  return { axes, sizes, spacing, pages, name, channels: isNamed ? names : undefined };
}

/** Whether a page's description is OME-XML. */
export const isOmeXml = (description: string): boolean =>
  /<(\w+:)?OME[\s>]/.test(description.slice(0, 2000)) && description.trimEnd().endsWith(">");

/**
 * Read OME-XML (its schema is that of 2016-06).
 *
 * @throws {Error} if it is no whole XML, or what it says of the first image is impossible
 */
export async function readOmeXml(text: string): Promise<OmeImage> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser();
  const path: string[] = [];
  let own: string | undefined;
  let images = 0;
  let name: string | undefined;
  let draft: Draft | undefined;
  let uuid: { name: string | undefined; text: string } | undefined;
  parser.on("error", (error) => {
    throw new Error(`its OME-XML isn't whole: ${error.message}`);
  });
  parser.on("opentag", ({ name: qualified, attributes }) => {
    const tag = qualified.replace(/^.*:/, "");
    path.push(tag);
    const values = attributes as Attributes;
    if (tag === "OME") own = values.UUID;
    if (tag === "BinaryOnly") throw new Error(`its description lies in another file, ${values.MetadataFile}`);
    if (tag === "Image") images++;
    if (images !== 1) return;
    if (tag === "Image") name = values.Name;
    if (tag === "Pixels") draft = { name, pixels: values, pages: [], channels: [] };
    if (tag === "Channel") draft?.channels.push(values.Name);
    if (tag === "TiffData") draft?.pages.push(pagesOf(values));
    if (tag === "UUID") uuid = { name: values.FileName, text: "" };
  });
  parser.on("text", (piece) => {
    if (uuid && path.at(-1) === "UUID") uuid.text += piece;
  });
  parser.on("closetag", () => {
    if (path.pop() !== "UUID" || uuid === undefined || draft === undefined) return;
    const last = draft.pages.length - 1;
    const isOwn = own !== undefined && uuid.text.trim() === own;
    if (last >= 0 && !isOwn) draft.pages[last] = { ...draft.pages[last], elsewhere: uuid.name ?? uuid.text };
    uuid = undefined;
  });
  // A null byte or more may follow.
  parser.write(text.trim()).close();
  if (draft === undefined) throw new Error("its OME-XML describes no image");
  return imageOf(draft);
}
