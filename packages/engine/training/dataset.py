"""The training images with their targets, split into a training part and a validation part."""

import csv
import hashlib
import pathlib
from dataclasses import dataclass

import numpy as np

CACHE = pathlib.Path(__file__).parent / "cache"
UPPER_PERCENTILE = {"cellpose": 99.0, "stardist": 99.8}
KIND_WEIGHTS = {"fluorescence": 1.0, "histology": 1.5, "brightfield": 3.0}


@dataclass(frozen=True)
class Sample:
    """One image: ``image`` [y, x] float32, percentiles 1 .. 99 (99.8) at 0 .. 1; ``labels`` [y, x] uint16."""

    identifier: str
    kind: str
    diameter: float
    image: np.ndarray
    labels: np.ndarray
    flows: np.ndarray
    probability: np.ndarray


def normalized(image: np.ndarray, upper: float) -> np.ndarray:
    """Stretch the percentiles 1 and ``upper`` to 0 and 1."""
    low, high = np.percentile(image, 1), np.percentile(image, upper)
    return ((image - low) / max(high - low, 1e-3)).astype(np.float32)


def is_validation(identifier: str) -> bool:
    """A tenth of the images, chosen by their identifier, so that the split never changes."""
    return hashlib.sha256(identifier.encode()).digest()[0] < 26


def load(data: pathlib.Path, model: str, validation: bool) -> list[Sample]:
    """All images of one part that have objects."""
    samples = []
    with open(data / "index.csv") as index:
        rows = [row for row in csv.DictReader(index) if int(row["n_objects"]) > 0]
    for row in rows:
        if is_validation(row["id"]) != validation:
            continue
        with np.load(CACHE / f"{row['id']}.npz") as cached:
            samples.append(
                Sample(
                    row["id"],
                    row["kind"],
                    float(row["median_diam"]),
                    normalized(cached["image"].astype(np.float32), UPPER_PERCENTILE[model]),
                    cached["labels"],
                    cached["flows"],
                    cached["probability"],
                )
            )
    return samples
