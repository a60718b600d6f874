/** Levels are counted on at most this many pixels along each side. */
const COUNTED_SIDE = 512;
/** Channels whose levels differ by less on average are one: compression blurs them a little. */
const LEAST_DIFFERENCE = 4;
/** An automatic contrast makes these parts of the pixels black and white. */
const DARKEST = 0.01;
const BRIGHTEST = 0.998;

type Channel = 0 | 1 | 2;

/** How often a picture has each level of each colour channel. */
export class ImageLevels {
  /** The channels that differ, by the names of their colours; empty for a grey picture. */
  readonly channels: readonly { readonly channel: Channel; readonly name: string }[];
  private readonly counts: readonly Uint32Array[];

  /** @param pixels 8-bit RGBA; not kept */
  constructor(pixels: Uint8ClampedArray) {
    this.counts = [0, 1, 2].map((channel) => {
      const counts = new Uint32Array(256);
      for (let i = channel; i < pixels.length; i += 4) counts[pixels[i]]++;
      return counts;
    });
    const green = { channel: 1, name: "Green" } as const;
    const red = { channel: 0, name: "Red" } as const;
    if (differ(pixels, 0, 2)) this.channels = [red, green, { channel: 2, name: "Blue" }];
    else this.channels = differ(pixels, 0, 1) ? [green, { channel: 0, name: "Magenta" }] : [];
  }

  /**
   * The levels between which nearly all pixels lie, 0 to 1.
   *
   * @param channel `null` for all
   */
  range(channel: Channel | null): { black: number; white: number } {
    const channels = channel === null ? this.counts : [this.counts[channel]];
    const black = Math.min(...channels.map((counts) => quantile(counts, DARKEST)));
    const white = Math.max(...channels.map((counts) => quantile(counts, BRIGHTEST)));
    return white > black ? { black: black / 255, white: white / 255 } : { black: 0, white: 1 };
  }
}

/** Count the levels of a picture, on a sample of its pixels where it is large. */
export function imageLevels(image: ImageBitmap): ImageLevels {
  const width = Math.min(image.width, COUNTED_SIDE);
  const height = Math.min(image.height, COUNTED_SIDE);
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("Cannot count levels: the browser must have canvases, got none");
  // Averages would hide the brightest and darkest pixels.
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, width, height);
  return new ImageLevels(context.getImageData(0, 0, width, height).data);
}

function differ(pixels: Uint8ClampedArray, a: Channel, b: Channel): boolean {
  let sum = 0;
  for (let i = 0; i < pixels.length; i += 4) sum += Math.abs(pixels[i + a] - pixels[i + b]);
  return (4 * sum) / pixels.length > LEAST_DIFFERENCE;
}

function quantile(counts: Uint32Array, fraction: number): number {
  const wanted = fraction * counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let level = 0; level < 255; level++) {
    below += counts[level];
    if (below > wanted) return level;
  }
  return 255;
}
