import { imshow } from "bioengine";

imshow(labels, { image: image });
