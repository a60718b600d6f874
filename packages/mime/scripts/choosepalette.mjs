// Chooses the colours of src/palette.ts: node packages/mime/scripts/choosePalette.mjs
//
// From a grid in OKLab, bright enough for black and colourful enough for grey images, the next colour is always the
// one farthest from those before it, near ones weighing most, as seen by the eye that tells the two apart least:
// normal vision, or protanopia, deuteranopia, tritanopia as simulated by Machado et al. 2009 (severity 1).
import { fromOklab, toOklab, visions } from "./colourvision.mjs";

const COUNT = 48;
const pool = [];
for (let lightness = 0.62; lightness <= 0.921; lightness += 0.02) {
  for (let angle = 0; angle < 360; angle += 5) {
    for (const chroma of [0.1, 0.13, 0.16, 0.19, 0.22]) {
      const radians = (angle * Math.PI) / 180;
      const rgb = fromOklab([lightness, chroma * Math.cos(radians), chroma * Math.sin(radians)]);
      if (rgb) pool.push({ rgb, seen: visions.map((vision) => toOklab(vision(rgb))) });
    }
  }
}

function distance(a, b) {
  return Math.min(
    ...a.seen.map((lab, i) => Math.hypot(...lab.map((value, axis) => value - b.seen[i][axis]))),
  );
}

// Okabe and Ito's orange leads: the first label is the one most often alone.
const start = pool.reduce((best, colour) => {
  const off = (candidate) => Math.hypot(...candidate.rgb.map((value, i) => value - [230, 159, 0][i]));
  return off(colour) < off(best) ? colour : best;
});
const chosen = [start];
while (chosen.length < COUNT) {
  let best = { score: -1 };
  for (const colour of pool) {
    let score = Number.POSITIVE_INFINITY;
    for (const [i, other] of chosen.entries()) {
      const apart = Math.min(chosen.length - i, COUNT - chosen.length + i);
      score = Math.min(score, distance(colour, other) * apart ** 0.75);
    }
    if (score > best.score) best = { score, colour };
  }
  chosen.push(best.colour);
}
const hex = ({ rgb }) => rgb.map((value) => value.toString(16).padStart(2, "0")).join("");
console.log(chosen.map(hex).join(" "));
