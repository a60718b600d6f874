const roundness = table
  .rows()
  .map(({ area, perimeter }) => (4 * Math.PI * Number(area)) / Number(perimeter) ** 2);
console.log(roundness);
