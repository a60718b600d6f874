"""Measure the exported networks on the validation images, and search the thresholds.

Usage: python evaluate.py cellpose|stardist DATA   (after targets.py and export.py)
Prints a Markdown table: for each setting F1 at IoU 0.5 / 0.75, over all objects of each kind of image.
"""

import argparse
import collections
import itertools
import logging
import pathlib
from collections.abc import Iterator

import cv2
import numpy as np
import onnxruntime
import torch
from augmentation import CELLPOSE_DIAMETER
from cellpose import dynamics, metrics
from dataset import KIND_WEIGHTS, Sample, load
from stardist.geometry import polygons_to_label
from stardist.nms import non_maximum_suppression

WEIGHTS = pathlib.Path(__file__).parent.parent / "weights"
IOU_THRESHOLDS = [0.5, 0.75]
DEFAULT_FLOW, DEFAULT_PROBABILITY = 0.8, 0.0


def padded(planes: np.ndarray) -> np.ndarray:
    """Reflect [c, y, x] to multiples of 16, as a batch of one: [1, c, h, w] float32."""
    height, width = planes.shape[1:]
    return np.pad(planes, ((0, 0), (0, -height % 16), (0, -width % 16)), mode="reflect")[None].astype(np.float32)


def cellpose_flows(session: onnxruntime.InferenceSession, image: np.ndarray, scale: float) -> np.ndarray:
    """Run at another scale; returns [3, y, x] (5 * flow y, 5 * flow x, logit) at the image's own size."""
    height, width = image.shape
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    scaled = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR if scale > 0.6 else cv2.INTER_AREA)
    (flows,) = session.run(None, {"image": padded(np.stack([scaled, np.zeros_like(scaled)]))})
    return np.stack([cv2.resize(plane[: size[1], : size[0]], (width, height)) for plane in flows[0]])


def cellpose_masks(flows: np.ndarray, flow_threshold: float, cellprob_threshold: float) -> np.ndarray:
    """cellpose's own post-processing: [3, y, x] to labels [y, x] int32."""
    thresholds = {"flow_threshold": flow_threshold, "cellprob_threshold": cellprob_threshold}
    masks = dynamics.compute_masks(flows[:2], flows[2], niter=200, min_size=15, **thresholds)
    return np.asarray(masks[0] if isinstance(masks, tuple) else masks).astype(np.int32)


def estimated_diameter(flows: np.ndarray) -> float:
    """Diameter in pixels of the circle with the median area of what a first run finds."""
    areas = np.bincount(cellpose_masks(flows, 0.0, 0.0).ravel())[1:]
    if not areas.any():
        return CELLPOSE_DIAMETER
    return float(np.clip(np.sqrt(4 * np.median(areas[areas > 0]) / np.pi), 6, 80))


def cellpose_settings(session: onnxruntime.InferenceSession, sample: Sample) -> Iterator[tuple[str, np.ndarray]]:
    """Masks at the native, the true and the estimated diameter; thresholds are searched at the last."""
    native = cellpose_flows(session, sample.image, 1.0)
    diameters = {"native": CELLPOSE_DIAMETER, "true": sample.diameter, "estimated": estimated_diameter(native)}
    for name, diameter in diameters.items():
        scale = CELLPOSE_DIAMETER / diameter
        flows = native if abs(np.log(scale)) < 0.1 else cellpose_flows(session, sample.image, scale)
        searched = itertools.product((0.4, 0.6, 0.8, 1.0), (-1.0, 0.0, 1.0))
        for flow, probability in searched if name == "estimated" else [(DEFAULT_FLOW, DEFAULT_PROBABILITY)]:
            yield (
                f"{name} diameter, flow_threshold {flow}, cellprob_threshold {probability}",
                cellpose_masks(flows, flow, probability),
            )


def stardist_settings(session: onnxruntime.InferenceSession, sample: Sample) -> Iterator[tuple[str, np.ndarray]]:
    """Masks of StarDist's own suppression and rendering, for each pair of thresholds."""
    height, width = sample.image.shape
    probability, distances = session.run(["probability", "distances"], {"image": padded(sample.image[None])})
    rows, columns = (height + 1) // 2, (width + 1) // 2
    probability = np.ascontiguousarray(probability[0, 0, :rows, :columns])
    distances = np.ascontiguousarray(distances[0].transpose(1, 2, 0)[:rows, :columns])
    for threshold, overlap in itertools.product((0.4, 0.5, 0.55, 0.6, 0.65, 0.7), (0.2, 0.3, 0.4, 0.5)):
        options = {"grid": (2, 2), "prob_thresh": threshold, "nms_thresh": overlap, "b": 0}
        points, scores, reach = non_maximum_suppression(distances, probability, **options)
        masks = np.zeros((height, width), np.int32)
        if len(points):
            masks = polygons_to_label(reach, points, shape=(height, width), prob=scores).astype(np.int32)
        yield f"prob_thresh {threshold}, nms_thresh {overlap}", masks


def f1_scores(counts: np.ndarray) -> str:
    """F1 at each IoU threshold from [true positive, false positive, false negative] x thresholds."""
    true, false, missed = counts
    return " / ".join(f"{score:.3f}" for score in 2 * true / np.maximum(2 * true + false + missed, 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=("cellpose", "stardist"))
    parser.add_argument("data", type=pathlib.Path)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    session = onnxruntime.InferenceSession(WEIGHTS / f"{arguments.model}.onnx", providers=["CPUExecutionProvider"])
    settings = cellpose_settings if arguments.model == "cellpose" else stardist_settings
    kinds = ["all", *KIND_WEIGHTS]
    images, objects = collections.Counter(), collections.Counter()
    counts = collections.defaultdict(lambda: np.zeros((3, len(IOU_THRESHOLDS))))
    for sample in load(arguments.data, arguments.model, validation=True):
        for kind in ("all", sample.kind):
            images[kind] += 1
            objects[kind] += len(np.unique(sample.labels)) - 1
        for setting, masks in settings(session, sample):
            _, *found = metrics.average_precision([sample.labels.astype(np.int32)], [masks], threshold=IOU_THRESHOLDS)
            for kind in ("all", sample.kind):
                counts[setting, kind] += np.concatenate(found)
    print(
        "| setting | " + " | ".join(f"{kind} ({images[kind]} images, {objects[kind]} objects)" for kind in kinds) + " |"
    )
    print("|---" * (len(kinds) + 1) + "|")
    for setting in dict.fromkeys(setting for setting, _ in counts):
        print(f"| {setting} | " + " | ".join(f1_scores(counts[setting, kind]) for kind in kinds) + " |")
