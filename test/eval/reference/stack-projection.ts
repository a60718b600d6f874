import { imshow } from "bioengine";

const projection = stack.max(0);
imshow(projection);
