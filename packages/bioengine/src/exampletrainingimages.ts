import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { readPickle } from "@bioengine/imageio";
import { checkOptions, NdArray, ndarray } from "@bioengine/ndarray";
import { type AbortSignalLike, ConnectionError, HttpError } from "@bioengine/triton";
import { download } from "./download";
import { bioengineHome } from "./home";
import { drawMembranes, type TrainingSample } from "./membranes/membranes";
import { transferBar } from "./waiting";

export type { TrainingSample } from "./membranes/membranes";

/** Where the training images come from, and where they are kept. */
export interface ExampleTrainingImagesOptions {
  /** URL of a pickled list of samples, ending in .pkl; default: pyotritonclient's train_samples_4.pkl. */
  url?: string;
  /** Folder where the file is kept for the next call; default: `.bioengine/cache` in the home folder. */
  cacheDir?: string;
  /** Sum that the file must have, 64 hexadecimal digits; default: any. */
  sha256?: string;
  /** Aborts the download; what has arrived is kept, and the next call resumes. */
  signal?: AbortSignalLike;
  /** Is told how many bytes have arrived, and how many the file has, undefined if the server doesn't say. */
  onProgress?: (loaded: number, total: number | undefined) => void;
}

const defaultUrl =
  "https://github.com/imjoy-team/imjoy-interactive-segmentation/releases/download/v0.1.0/train_samples_4.pkl";

const action = "get the training images";

/** The file's name in the cache: files of one name from other places have names of their own. */
function nameOf(url: string): string {
  const name = URL.canParse(url) ? new URL(url).pathname.replace(/^.*\//, "") : "";
  if (!/^https?:/i.test(url) || !/[^.]\.pkl$/.test(name)) {
    throw new RangeError(`Cannot ${action}: url must begin with http and end in .pkl, got ${url}`);
  }
  if (url === defaultUrl) return name;
  const place = createHash("sha256").update(url).digest("hex").slice(0, 8);
  return name.replace(/\.pkl$/, `-${place}.pkl`);
}

/** A sample of the file: an image, labels, and what else there is, which is left out. */
function sampleOf(sample: unknown): TrainingSample {
  const [image, labels]: unknown[] = Array.isArray(sample) ? sample : [];
  if (!(image instanceof NdArray) || image.ndim !== 3 || image.shape[2] !== 3) {
    const got = image instanceof NdArray ? `shape [${image.shape.join(", ")}]` : "no array";
    throw new Error(`each image must be [y, x, 3], got ${got}`);
  }
  const plane =
    labels instanceof NdArray && labels.ndim === 3 && labels.shape[2] === 1 ? labels.squeeze(2) : labels;
  const [height, width] = image.shape;
  if (
    !(plane instanceof NdArray) ||
    plane.ndim !== 2 ||
    plane.shape[0] !== height ||
    plane.shape[1] !== width
  ) {
    const got = labels instanceof NdArray ? `shape [${labels.shape.join(", ")}]` : "no array";
    throw new Error(
      `the labels of an image [${height}, ${width}, 3] must be [${height}, ${width}, 1], got ${got}`,
    );
  }
  const numbers = plane.astype("uint16");
  if (numbers.equal(plane).all() === 0)
    throw new Error("labels must be whole numbers from 0 to 65535, got others");
  return [image.astype("float32"), ndarray(numbers.data, numbers.shape, { role: "labels" })];
}

function samplesOf(bytes: Uint8Array, path: string): TrainingSample[] {
  try {
    const samples = readPickle(bytes);
    if (!Array.isArray(samples) || samples.length === 0)
      throw new Error("it must be a list of samples, got another value");
    return samples.map(sampleOf);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot ${action}: ${path} must be a pickle of images and labels: ${reason}; delete it to download it again`;
    throw new Error(message, { cause });
  }
}

/** The file's bytes, of the cache or of the server. */
async function bytesOf(
  url: string,
  path: string,
  signal: AbortSignal,
  headMs: number | undefined,
  { sha256, onProgress }: ExampleTrainingImagesOptions,
): Promise<Uint8Array> {
  const cached = await readFile(path).catch(() => undefined);
  if (cached === undefined) {
    const bar = transferBar(`download ${basename(new URL(url).pathname)}`, undefined);
    const progress = (loaded: number, total: number | undefined) => {
      bar.onProgress({ phase: "receiving", loaded, total });
      onProgress?.(loaded, total);
    };
    try {
      await download(url, path, { action, signal, onProgress: progress, headMs });
      bar.done();
    } catch (error) {
      bar.failed();
      throw error;
    }
  }
  const bytes = cached ?? (await readFile(path));
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== undefined && sum !== sha256.toLowerCase()) {
    await rm(path);
    throw new Error(
      `Cannot ${action}: the sha256 of ${url} must be ${sha256.toLowerCase()}, got ${sum}; the file is deleted`,
    );
  }
  return bytes;
}

/**
 * The training images of a URL.
 *
 * @param fallback.instead what is given where the server can't be reached or has no such file; default: an error
 * @param fallback.headMs how long the server may take until it begins to answer, default 15000
 */
export async function trainingImages(
  url: string,
  options: ExampleTrainingImagesOptions,
  fallback: { instead?: () => TrainingSample[]; headMs?: number } = {},
): Promise<TrainingSample[]> {
  const { cacheDir = join(bioengineHome(), "cache"), sha256, signal } = options;
  const name = nameOf(url);
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new RangeError(`Cannot ${action}: sha256 must be 64 hexadecimal digits, got ${sha256}`);
  }
  const path = join(cacheDir, name);
  const controller = new AbortController();
  // Without a reason, abort() makes the platform's AbortError.
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    controller.signal.throwIfAborted();
    return samplesOf(await bytesOf(url, path, controller.signal, fallback.headMs, options), path);
  } catch (error) {
    const isMissing = error instanceof ConnectionError || error instanceof HttpError;
    if (!isMissing || fallback.instead === undefined) throw error;
    console.warn(`Drawn images of membranes stand in for the examples. ${error.message}`);
    return fallback.instead();
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * Get images to try a training with, and their labels: they are downloaded at the first call, in a notebook under a bar,
 * and kept for later ones.
 *
 * A download that broke is resumed by the next call. If the default URL can't be had, as on a machine without the
 * internet, a warning says so, and images of `drawMembranes` are given. The file is a Python pickle, of which nothing is
 * run.
 *
 * @param options.url of another pickled list of (image, labels, …), `[y, x, 3]` and `[y, x, 1]`, ending in .pkl
 * @param options.cacheDir where the file is kept, default `~/.bioengine/cache`
 * @param options.sha256 the sum that the file must have
 * @param options.signal aborts the download; what has arrived is kept
 * @param options.onProgress is told the bytes so far and of the whole
 * @returns pairs of an image, `[y, x, 3]` float32, and its labels, `[y, x]` uint16, 0 = background
 * @throws {Error} if a given URL can't be had, the download breaks, the sum is another, or the file is not such a list
 * @throws {RangeError} if `url` or `sha256` is none
 * @example
 * const samples = await getExampleTrainingImages();
 * const [image, labels] = samples[0];
 */
export async function getExampleTrainingImages(
  options: ExampleTrainingImagesOptions = {},
): Promise<TrainingSample[]> {
  checkOptions({ action, options: ["url", "cacheDir", "sha256", "signal", "onProgress"] }, options);
  const { url } = options;
  return url === undefined
    ? trainingImages(defaultUrl, options, { instead: drawMembranes })
    : trainingImages(url, options);
}
