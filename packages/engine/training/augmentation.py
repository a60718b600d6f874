"""Random crops of a sample: scaled, turned, mirrored, and with other intensities, noise and blur."""

import math

import cv2
import numpy as np
from dataset import Sample
from network import RAYS
from stardist.geometry import star_dist

SIZE = 160
CELLPOSE_DIAMETER = 17.0
STARDIST_DIAMETER = 22.0
MARGIN = 32  # stardist's distances are measured in a larger crop, so that the border does not cut them


def _view(sample: Sample, scale: float, size: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A random placement: the affine matrix [2, 3] from crop to image (x, y), and its turn [2, 2]."""
    angle, mirror = random.uniform(0, 2 * math.pi), random.choice([-1.0, 1.0])
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turn = turn @ np.diag([mirror, 1.0])
    height, width = sample.image.shape
    half = SIZE / 2 / scale
    centre = np.array([random.uniform(min(half, side / 2), max(side - half, side / 2)) for side in (width, height)])
    matrix = turn / scale
    return np.concatenate([matrix, (centre - matrix @ np.full(2, (size - 1) / 2))[:, None]], 1), turn


def _warp(array: np.ndarray, matrix: np.ndarray, size: int, flag: int, border: int = cv2.BORDER_CONSTANT):
    return cv2.warpAffine(array, matrix, (size, size), flags=flag | cv2.WARP_INVERSE_MAP, borderMode=border)


def _intensities(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    if random.random() < 0.25:
        image = 1 - image
    if random.random() < 0.5:
        image = np.sign(image) * np.abs(image) ** math.exp(random.uniform(-0.5, 0.5))
    image = image * random.uniform(0.7, 1.3) + random.uniform(-0.15, 0.15)
    if random.random() < 0.3:
        rows, columns = (np.linspace(-1, 1, side, dtype=np.float32) for side in image.shape)
        image = image * (1 + random.uniform(-0.5, 0.5) * rows[:, None] + random.uniform(-0.5, 0.5) * columns)
    if random.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), random.uniform(0.5, 1.5))
    if random.random() < 0.6:
        image = image + random.normal(0, random.uniform(0, 0.1), image.shape)
    return image.astype(np.float32)


def _image(sample: Sample, matrix: np.ndarray, scale: float, size: int, random: np.random.Generator):
    """The crop's intensities, and where it lies inside the image (1) or outside (0)."""
    source = sample.image if scale > 0.6 else cv2.GaussianBlur(sample.image, (0, 0), 0.4 / scale)
    image = _warp(source, matrix, size, cv2.INTER_LINEAR, cv2.BORDER_REFLECT_101)
    inside = _warp(np.ones(sample.image.shape, np.float32), matrix, size, cv2.INTER_NEAREST)
    if random.random() < 0.5:
        image = image * inside
    return _intensities(image, random), inside


def cellpose_crop(sample: Sample, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Input [2, s, s], target [3, s, s] (flow y, flow x, foreground) and the loss's weight [1, s, s]."""
    # Mostly the scale of a known diameter; the rest is for the first run, which estimates the diameter.
    spread = random.uniform(-0.3, 0.3) if random.random() < 0.7 else random.uniform(-0.9, 0.7)
    scale = CELLPOSE_DIAMETER / sample.diameter * math.exp(spread)
    matrix, turn = _view(sample, scale, SIZE, random)
    image, inside = _image(sample, matrix, scale, SIZE, random)
    flow_y, flow_x = (_warp(flow.astype(np.float32), matrix, SIZE, cv2.INTER_LINEAR) for flow in sample.flows)
    # The flow vectors turn with the image: image = turn @ crop, so crop = turn.T @ image.
    flow_x, flow_y = (turn.T @ np.stack([flow_x.ravel(), flow_y.ravel()])).reshape(2, SIZE, SIZE)
    labels = _warp(sample.labels.astype(np.float32), matrix, SIZE, cv2.INTER_NEAREST)
    second = np.zeros_like(image)
    choice = random.random()
    if choice < 0.2:
        second = image * random.uniform(0.5, 1.2) + random.normal(0, 0.05, image.shape)
    elif choice < 0.4:
        second = np.abs(random.normal(0, 0.1, image.shape))
    target = np.stack([flow_y, flow_x, labels > 0])
    return np.stack([image, second]).astype(np.float32), target.astype(np.float32), inside[None]


def stardist_crop(sample: Sample, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Input [1, s, s], target [33, s/2, s/2] (probability, distances) and the loss's weight [1, s/2, s/2]."""
    if random.random() < 0.5:
        diameter = STARDIST_DIAMETER * math.exp(random.uniform(-0.4, 0.4))
    else:
        diameter = np.clip(sample.diameter * math.exp(random.uniform(-0.4, 0.4)), 9, 48)
    scale = diameter / sample.diameter
    size = SIZE + 2 * MARGIN
    matrix, _ = _view(sample, scale, size, random)
    image, inside = _image(sample, matrix, scale, size, random)
    labels = _warp(sample.labels.astype(np.float32), matrix, size, cv2.INTER_NEAREST)
    distances = star_dist(labels.astype(np.uint16), RAYS, grid=(2, 2)).transpose(2, 0, 1)
    probability = _warp(sample.probability.astype(np.float32), matrix, size, cv2.INTER_LINEAR) * (labels > 0)
    fine, coarse = slice(MARGIN, -MARGIN), slice(MARGIN // 2, -MARGIN // 2)
    target = np.concatenate([probability[None, ::2, ::2], distances])[:, coarse, coarse]
    return image[None, fine, fine], target.astype(np.float32), inside[None, ::2, ::2][:, coarse, coarse]
