/** How a segmentation runs. */
export interface SegmentationOptions<Model> {
  /** Default: the one that comes with the library. */
  model?: Model;
  /**
   * Longest side, in pixels of the network, of what is run at once; a larger image is cut into tiles. Default 1280;
   * each pixel of a tile takes about 300 bytes.
   */
  tileSide?: number;
  /** Called after each part of a large image. */
  onProgress?: (done: number, total: number) => void;
  /** Stops between two parts. */
  signal?: AbortSignal;
}
