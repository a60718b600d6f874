const areas = table.rows().map((row) => Number(row.area));
const average = areas.reduce((sum, area) => sum + area, 0) / areas.length;
console.log(average);
