import { expandLabels } from "bioengine";

const grown = expandLabels(labels, { distance: 2 });
grown;
