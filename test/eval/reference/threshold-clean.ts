import { removeSmallHoles, removeSmallObjects } from "bioengine";

const clean = removeSmallObjects(removeSmallHoles(bright, { maxSize: 20 }), { maxSize: 20 });
clean;
