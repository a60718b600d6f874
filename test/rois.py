"""What roifile makes of the regions that rois.test.ts writes: prints it as JSON.

Usage: python rois.py FOLDER
"""

import json
import pathlib
import sys

import numpy as np
import roifile
from skimage.draw import polygon2mask

folder = pathlib.Path(sys.argv[1])


def painted(rois, shape):
    """Labels of the pixels whose middle an odd number of paths goes around, by the name of each region."""
    labels = np.zeros(shape, int)
    for roi in rois:
        inside = np.zeros(shape[-2:], bool)
        # Paths go through corners of pixels, skimage's coordinates through their middles.
        for path in roi.coordinates(multi=True):
            inside ^= polygon2mask(shape[-2:], np.asarray(path, float)[:, ::-1] - 0.5)
        plane = labels[roi.position - 1] if len(shape) == 3 else labels
        plane[inside] = int(roi.name.split()[0])
    return labels.ravel().tolist()


rois = roifile.roiread(folder / "rois.zip")
stack = roifile.roiread(folder / "stack.zip")
result = {
    "names": [roi.name for roi in rois],
    "types": sorted({roi.roitype.name for roi in rois}),
    "rois": painted(rois, (12, 15)),
    "stack": painted(stack, (2, 12, 15)),
}
print(json.dumps(result))
