import { imread } from "bioengine";

const average = (await imread("data/cells.tif")).mean();
console.log(average);
