import { imwrite } from "bioengine";

await imwrite("result.tif", labels.astype("uint16"));
