import { imwrite, rescaleIntensity } from "bioengine";

const stretched = rescaleIntensity(image, { outRange: [0, 255] });
await imwrite("view.png", stretched.astype("uint8"));
