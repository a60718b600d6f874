"""Draw the images of the tasks, and compute with scikit-image what a right answer has; leaves data/ and expected.json.

    .venv/bin/python test/eval/expected.py

Needs the packages of test/requirements.txt.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import tifffile
from skimage import draw, filters, measure, morphology, segmentation

here = Path(__file__).parent
data = here / "data"
data.mkdir(exist_ok=True)
random = np.random.default_rng(7)


def sha(array):
    """What two arrays of integers share if they have one shape and the same values, whatever their dtype."""
    values = np.ascontiguousarray(array).astype("<i4")
    return {"shape": list(array.shape), "sha256": hashlib.sha256(values.tobytes()).hexdigest()}


def discs(shape, centres):
    labels = np.zeros(shape, np.uint16)
    for number, (y, x, radius) in enumerate(centres, 1):
        labels[draw.disk((y, x), radius, shape=shape)] = number
    return labels


# Twelve cells of several sizes, four of them cut by the edge, one long.
shape = (96, 128)
centres = [
    (0, 20, 9), (14, 55, 7), (16, 84, 5), (12, 110, 8), (40, 3, 8), (38, 30, 10),
    (44, 62, 4), (40, 100, 9), (70, 24, 6), (94, 70, 10), (70, 127, 7),
]
labels = discs(shape, centres)
labels[draw.ellipse(68, 66, 5, 13, shape=shape)] = 12
noise = random.normal(0, 6, shape)
ramp = np.linspace(0, 60, labels.max() + 1)
image = np.where(labels > 0, 140 + ramp[labels], 40) + noise
image = filters.gaussian(image, 0.6, preserve_range=True).clip(0, 65535).round().astype(np.uint16)
tifffile.imwrite(data / "cells.tif", image, compression="zlib")
tifffile.imwrite(data / "labels.tif", labels, compression="zlib")

# The same labels as somebody else would have drawn them: one missed, one more, one far off.
predicted = labels.copy()
predicted[predicted == 3] = 0
predicted[80:88, 100:110] = 20
predicted[predicted == 6] = 0
predicted[draw.disk((38, 44), 10, shape=shape)] = 6
tifffile.imwrite(data / "predicted.tif", predicted, compression="zlib")

# Touching pairs, and specks and holes.
touching = np.zeros((80, 120), bool)
for y in (20, 58):
    for x in (18, 58, 98):
        touching[draw.disk((y, x - 7), 9, shape=touching.shape)] = True
        touching[draw.disk((y, x + 7), 9, shape=touching.shape)] = True
tifffile.imwrite(data / "touching.tif", touching.astype(np.uint8) * 255, compression="zlib")
bright = labels > 0
bright[35:38, 29:32] = False
bright[68, 60:64] = False
for y, x in ((30, 75), (80, 40), (55, 10)):
    bright[y : y + 2, x : x + 3] = True
tifffile.imwrite(data / "bright.tif", bright.astype(np.uint8) * 255, compression="zlib")

stain = random.integers(0, 256, (40, 52, 3), dtype=np.uint8)
tifffile.imwrite(data / "stain.tif", stain, compression="zlib", photometric="rgb")

stack = np.full((6, 40, 56), 50.0)
grid = np.indices(stack.shape)
for z, y, x, radius in ((1, 10, 10, 5), (3, 25, 30, 7), (4, 10, 45, 6), (2, 32, 8, 5)):
    ball = (2 * (grid[0] - z)) ** 2 + (grid[1] - y) ** 2 + (grid[2] - x) ** 2 <= radius**2
    stack[ball] = 180
stack = (stack + random.normal(0, 5, stack.shape)).round().astype(np.uint16)
tifffile.imwrite(data / "stack.tif", stack, compression="zlib")

# 0.5 µm a pixel, as ImageJ writes it.
tifffile.imwrite(data / "calibrated.tif", labels, imagej=True, resolution=(2, 2), metadata={"unit": "um"})

names = ["label", "area", "eccentricity", "perimeter", "centroid", "intensity_mean"]
table = measure.regionprops_table(labels, image, properties=names)
smooth = filters.gaussian(image, 1, preserve_range=True)
otsu = filters.threshold_otsu(image)
by_length = np.argsort(-table["eccentricity"])
roundness = 4 * np.pi * table["area"] / table["perimeter"] ** 2
clean = morphology.remove_small_objects(morphology.remove_small_holes(bright, max_size=20), max_size=20)


def f1(truth, found, threshold=0.5):
    hits = 0
    for one in np.unique(truth)[1:]:
        for other in np.unique(found[truth == one]):
            a, b = truth == one, found == other
            hits += other > 0 and (a & b).sum() / (a | b).sum() > threshold
    return 2 * hits / (len(np.unique(truth)) - 1 + len(np.unique(found)) - 1)


expected = {
    "average": float(image.mean()),
    "green": sha(stain[..., 1]),
    "brightest": int(image[20:60, 30:90].max()),
    "crop": sha(image[20:60, 30:90]),
    "fraction": float((image > otsu).mean()),
    "smoothCount": int(measure.label(smooth > filters.threshold_otsu(smooth)).max()),
    "touchingPixels": int(touching.sum()),
    "clean": sha(clean),
    "largest": int(table["area"].max()),
    "intensities": table["intensity_mean"].tolist(),
    "centre": [float(table[f"centroid-{axis}"][2]) for axis in (0, 1)],
    "micrometres": float((labels > 0).sum() * 0.25),
    "large": table["label"][table["area"] > 140].tolist(),
    "elongated": table["label"][by_length[:3]].tolist(),
    "averageArea": float(table["area"].mean()),
    "roundness": roundness.tolist(),
    "whole": sha(segmentation.clear_border(labels)),
    "kept": sha(np.isin(labels, table["label"][table["area"] > 140])),
    "grown": sha(segmentation.expand_labels(labels, 2)),
    "labels": sha(labels),
    "areas": table["area"].astype(int).tolist(),
    "projection": sha(stack.max(0)),
    "balls": int(measure.label(stack > 110).max()),
    "f1": float(f1(labels, predicted)),
}
(here / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")
