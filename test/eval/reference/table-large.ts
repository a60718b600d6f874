const large = table.filter((row) => row.area > 140);
large;
