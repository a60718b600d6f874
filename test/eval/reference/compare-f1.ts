import { matching } from "bioengine";

const score = matching(labels, predicted, { threshold: 0.5 }).f1;
console.log(score.toFixed(3));
