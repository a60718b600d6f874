"""Print what tifffile and numpy read from files, as JSON lines.

Usage: python read.py FILE ...
"""

import base64
import json
import sys

import numpy as np
import tifffile


def attribute(xml: str, name: str) -> str | None:
    at = xml.find(f'{name}="')
    return xml[at + len(name) + 2 :].split('"')[0] if at >= 0 else None


for path in sys.argv[1:]:
    axes, spacing = None, None
    if path.endswith(".npz"):
        with np.load(path) as file:
            array = file["arr_0"]
    elif path.endswith(".npy"):
        array = np.load(path)
    else:
        with tifffile.TiffFile(path) as file:
            series = file.series[0]
            array, axes = series.asarray(), series.axes
            tags = file.pages[0].tags
            if file.ome_metadata:
                found = [attribute(file.ome_metadata, f"PhysicalSize{axis}") for axis in "ZYX"]
                spacing = [float(size) for size in found if size]
            elif file.imagej_metadata and file.imagej_metadata.get("unit") == "micron":
                fractions = [tags[name].value for name in ("YResolution", "XResolution")]
                depth = file.imagej_metadata.get("spacing")
                spacing = [*([depth] if depth else []), *(below / above for above, below in fractions)]
            elif "YResolution" in tags:
                fractions = [tags[name].value for name in ("YResolution", "XResolution")]
                spacing = [10000 * below / above for above, below in fractions]
    stored = array.astype("float32") if array.dtype == np.float16 else array
    data = base64.b64encode(np.ascontiguousarray(stored).tobytes()).decode()
    print(json.dumps({"dtype": str(array.dtype), "shape": array.shape, "axes": axes, "spacing": spacing, "data": data}))
