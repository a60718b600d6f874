"""The packages that measure.bench.mjs compares with: a line of JSON in, the milliseconds of one call out.

`wall` is what the clock says, `processor` what all of the process's threads were running for.
"""

import importlib
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
arrays = {}


def array(path: str, dtype: str, shape: list) -> np.ndarray:
    if path not in arrays:
        arrays[path] = np.fromfile(path, dtype).reshape(shape)
    return arrays[path]


def work(task: dict):
    """The call to time; imports, and conversions that only this package needs, are done before."""
    package = importlib.import_module(task["package"])
    size = task["size"]
    labels = array(task["labels"], task["labelType"], [size, size])
    image = array(task["image"], "uint16", [size, size]) if "image" in task else None
    match task["package"], task["call"]:
        case "skimage.measure", "table":
            table = package.regionprops_table
            return lambda: table(labels, image, properties=task["properties"])
        case "skimage.measure", "label":
            label = package.label
            return lambda: label(labels)
        case "cc3d", "label":
            return lambda: package.connected_components(labels, connectivity=8)
        case "cv2", "label":
            return lambda: package.connectedComponents(labels.view(np.uint8), connectivity=8)
        case "cc3d", "table":
            unsigned = labels.astype(np.uint32)
            return lambda: package.statistics(unsigned)
        case "nyxus", "table":
            unsigned, bright = labels.astype(np.uint32), image.astype(np.uint32)
            featurizer = package.Nyxus(task["properties"])
            return lambda: featurizer.featurize(bright, unsigned)


for line in sys.stdin:
    try:
        call = work(json.loads(line))
        wall, processor = time.perf_counter(), time.process_time()
        call()
        times = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        print(json.dumps({clock: 1000 * seconds for clock, seconds in times.items()}), flush=True)
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), flush=True)
