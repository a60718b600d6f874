"""Print what tifffile, numpy and ome-zarr read from files, as lines of `read:` and JSON.

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
    elif path.endswith(".zarr"):
        # Slow to load.
        from ome_zarr.io import parse_url
        from ome_zarr.reader import Label, Reader

        # As napari reads it: labels are known as such.
        (node,) = Reader(parse_url(path))()
        array = np.asarray(node.data[0])
        labels = any(isinstance(spec, Label) for spec in node.specs)
        axes = "".join(axis["name"] for axis in node.metadata["axes"]).upper() + (" labels" if labels else "")
        scale = node.metadata["coordinateTransformations"][0][0]["scale"]
        units = [axis.get("unit") for axis in node.metadata["axes"]]
        spacing = [size for size, unit in zip(scale, units) if unit == "micrometer"]
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
    print("read:" + json.dumps({"dtype": str(array.dtype), "shape": array.shape, "axes": axes, "spacing": spacing, "data": data}))
