// What a notebook cell does, as TypeScript 5.0.4 (tslab's) sees it. Compiled, never run.
import {
  adjustPValues,
  anova,
  BatchError,
  boxplot,
  codexInstructions,
  disk,
  distanceTransformEdt,
  drawMembranes,
  execute,
  executeBatch,
  findBoundaries,
  gaussian,
  getConfig,
  getExampleTrainingImages,
  histogram,
  imread,
  imshow,
  imwrite,
  label,
  labelOverlaps,
  labelToRgb,
  matching,
  type NdArray,
  ndarray,
  nearestPoints,
  type OpenedImage,
  openImage,
  opening,
  peakLocalMax,
  plot,
  readCsv,
  readNpz,
  readRois,
  regionprops,
  regionpropsTable,
  SequenceExecutor,
  scatter,
  segment,
  selection,
  Table,
  type TrainedModel,
  TritonClient,
  thresholdOtsu,
  toGeoJson,
  trackLabels,
  train,
  tTest,
  watershed,
  wilcoxon,
  writeRois,
} from "bioengine";

export async function cell(): Promise<string> {
  const image = await imread("nuclei.tif");
  const results = await execute({
    inputs: [image.expandDims(0).astype("float32"), { diameter: 30 }],
    serverUrl: "http://127.0.0.1:8000",
    modelName: "cellpose-python",
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  });
  const mask = results.mask.at(0);
  const lines: string[] = [];
  const batch = await executeBatch({
    batches: [[image, {}], { image: image, param: new Map([["prob_thresh", 0.5]]) }],
    serverUrl: ["https://alpha:8000", "https://beta:8000"],
    modelName: "stardist",
    tls: { ca: "-----BEGIN CERTIFICATE-----" },
    headers: async () => ({ "X-Key": "key" }),
    onBatchEnd: (start, group) => lines.push(`${start} ${group[0]?.__info__.serverUrl}`),
  }).catch((error: unknown) => {
    if (error instanceof BatchError) return error.results;
    throw error;
  });
  const remote = await execute({
    inputs: [image],
    backend: "hypha",
    modelName: "affable-shark",
    token: "token",
    onProgress: ({ phase, loaded, total = loaded }) => lines.push(`${phase} ${loaded / total}`),
  });
  const client = new TritonClient({ serverUrl: "http://127.0.0.1:8000", retries: 0 });
  await client.loadModel("stardist", { config: { max_batch_size: 0 } });
  lines.push(`${batch.length} ${remote.__info__.milliseconds} ${(await client.getLogSettings()).log_info}`);
  imshow(mask, { image: image });
  const table = regionpropsTable(mask, { image: image, properties: ["label", "area", "centroid"] });
  histogram(table.column("area"), { xLabel: "area (px)" });
  scatter(table.column("area"), table.column("perimeter"), { groups: table.column("label") });
  plot(table.column("label"), table.column("area"), { groups: table.column("label") });
  boxplot(table.column("area"), { groups: table.column("label") });
  const first: number = image.shape[0] ?? 0;
  const mean: number = image.mean();
  const score: number = matching(mask, label(image.greater(100))).f1;
  const found = await segment(image, { modelName: "stardist" });
  await imwrite("mask.png", found.mask);
  const chosen: number[] = await selection(mask, { timeoutMs: 1000 });
  lines.push(`${table.filter(({ label }) => chosen.includes(label)).rowCount}`);
  const all = Table.concat({
    a: table,
    b: table.withColumn("ratio", (row) => row.area / 2).select(table.columnNames),
  });
  const grouped: Table = all.groupBy("image").aggregate({ area: ["mean", "sem"], label: "count" });
  for (const row of grouped.join(await readCsv("wells.csv"), "image", { how: "left" }))
    lines.push(row.area_mean);
  const { pValue, interval } = tTest(table.column("area"), all.values("area"), { equalVariances: true });
  const above = wilcoxon(table.column("area"), [1, null, 3], { alternative: "greater" });
  const [adjusted] = adjustPValues([pValue, above.pValue], { method: "fdr_bh" });
  const [between] = anova(table.column("area"), all.column("area")).degreesOfFreedom;
  const { labels, tracks } = trackLabels(mask, { maxGap: 1 });
  const { distances } = nearestPoints(table.rows().map((row) => [row["centroid-0"], row["centroid-1"]]));
  lines.push(
    `${pValue} ${adjusted} ${between} ${interval[0]} ${distances.max()} ${tracks.rowCount} ${labelOverlaps(mask, labels).rowCount}`,
  );
  lines.push(JSON.stringify(toGeoJson(mask, { table: table })));
  await writeRois("rois.zip", await readRois("RoiSet.zip", image.shape));
  const slide: OpenedImage = await openImage("slide.tif");
  const part: NdArray = await slide.levels[1].read(0, [0, 512], null);
  const { images }: Record<string, NdArray> = await readNpz("nuclei.npz");
  lines.push(`${part.axes} ${part.spacing?.[0]} ${images.dtype} ${slide.shape.length}`);
  const config = await getConfig({ modelName: "stardist" });
  const training = new SequenceExecutor({
    serverUrl: "http://127.0.0.1:8000",
    modelName: "cellpose-train",
    sequenceId: 7,
  });
  await training.step([image, mask, { steps: 1 }], { selectOutputs: ["info"] });
  await training.end({ decodeJson: true, selectOutputs: ["model", "info"] });
  const examples = await getExampleTrainingImages({ signal: new AbortController().signal });
  const trained: TrainedModel = await train("nuclei", [[image, mask], ...examples], {
    epochs: 3,
    validation: drawMembranes({ count: 1 }),
    pretrainedModel: null,
    signal: new AbortController().signal,
    onEpoch: ({ epoch, loss, f1 = 0 }) => lines.push(`${epoch} ${loss + f1}`),
  });
  lines.push(...trained.losses.map(String), trained.file, trained.stopped ?? "");
  labelToRgb(mask, { image: image });
  const smoothed = gaussian(image, { sigma: [1, 2], mode: "reflect" });
  const foreground = opening(smoothed.greater(thresholdOtsu(smoothed)), disk(2));
  const distance = distanceTransformEdt(foreground);
  const peaks = peakLocalMax(distance, { minDistance: 5, labels: label(foreground) });
  const parted = watershed(distance.multiply(-1), label(peaks), { mask: foreground });
  lines.push(parted.dtype, ...[...peaks].map((peak) => peak.data.join()));
  findBoundaries(mask);
  const areas = regionprops(mask).map((region) => region.area);
  const small = ndarray(new Uint16Array([1, 2, 3, 4]), [2, 2]);
  const pixel: number = small.get(0, 1);
  return [...lines, codexInstructions(), config.name, first + mean + score + areas.length + pixel].join("\n");
}
