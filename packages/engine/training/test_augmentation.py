"""Run with: python -m pytest (needs no data; the images are drawn here)."""

import numpy as np
import pytest
from augmentation import cellpose_crop, stardist_crop
from dataset import Sample
from stardist.geometry import polygons_to_label


@pytest.fixture
def ellipse() -> Sample:
    """One ellipse, whose flows point at its centre."""
    y, x = np.mgrid[:200, :260].astype(np.float32)
    down, right = y - 90, x - 140
    labels = ((down / 12) ** 2 + (right / 22) ** 2 < 1).astype(np.uint16)
    flows = -np.stack([down, right]) / np.maximum(np.hypot(down, right), 1e-6) * labels
    return Sample("ellipse", "fluorescence", 32.5, labels.astype(np.float32), labels, flows, labels.astype(np.float16))


def test_cellpose_crop_turns_flow_vectors_with_the_image(ellipse: Sample) -> None:
    random, crops = np.random.default_rng(0), 0
    while crops < 20:
        _, target, _ = cellpose_crop(ellipse, random)
        foreground = target[2] > 0
        whole = foreground[1:-1, 1:-1].sum() == foreground.sum() > 100
        if not whole:
            continue
        rows, columns = np.nonzero(foreground)
        inward = np.stack([rows.mean() - rows, columns.mean() - columns])
        length = np.hypot(*inward)
        found = target[:2, rows, columns]
        # Close to the centre and at the rim, interpolation mixes opposite vectors or vectors and background.
        clear = (length > 3) & (np.hypot(*found) > 0.9)
        cosine = (inward * found).sum(0)[clear] / (length * np.hypot(*found))[clear]
        assert cosine.min() > 0.95
        crops += 1


def test_stardist_crop_gives_distances_that_draw_the_object(ellipse: Sample) -> None:
    random, crops = np.random.default_rng(0), 0
    while crops < 20:
        image, target, _ = stardist_crop(ellipse, random)
        probability, distances = target[0], target[1:].transpose(1, 2, 0)
        whole = probability[2:-2, 2:-2].sum() == probability.sum() > 50
        if not whole:
            continue
        rows, columns = np.nonzero(probability > 0.99)
        middle = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
        point = np.array([[rows[middle], columns[middle]]])
        drawn = polygons_to_label(distances[tuple(point[0])][None], 2 * point, shape=image.shape[1:]) > 0
        covered = distances[..., 0].repeat(2, 0).repeat(2, 1) > 0
        overlap = (drawn & covered).sum() / (drawn | covered).sum()
        assert overlap > 0.85  # the target has half the resolution
        crops += 1
