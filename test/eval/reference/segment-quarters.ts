import { executeBatch } from "bioengine";

const [height, width] = image.shape;
const corners = [0, height / 2].flatMap((top) => [0, width / 2].map((left) => [top, left]));
const quarters = corners.map(([top, left]) => image.slice([top, top + height / 2], [left, left + width / 2]));
const batch = await executeBatch({
  batches: quarters.map((quarter) => [quarter.astype("uint16"), {}]),
  modelName: "stardist",
  batchSize: 2,
});
const counts = batch.map((result) => Number(result.mask.max()));
console.log(counts);
