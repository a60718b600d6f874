import { imshow } from "bioengine";

const crop = image.slice([20, 60], [30, 90]);
imshow(crop);
