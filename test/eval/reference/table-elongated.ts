const sorted = table.sort("eccentricity", { descending: true });
const elongated = sorted
  .head(3)
  .rows()
  .map((row) => row.label);
console.log(elongated);
