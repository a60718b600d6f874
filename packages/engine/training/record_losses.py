"""Record the bundled networks' losses in the first steps of training, and their gradients, by PyTorch.

Usage: python record_losses.py   (after export.py; writes ../test/fixtures/losses.json)

The test of gradientnetwork.ts draws the same discs: by sums, products, quotients and square roots alone, which are the
same to the last bit in every language. The losses are those in float32 and, as "exact", in float64: how far the two are
apart shows what rounding does. All else is in float64.
"""

import json
import pathlib
from collections.abc import Callable, Iterator

import numpy as np
import onnx
import torch
from network import RAYS, UNet, cellpose_network, folded, stardist_network
from onnx import numpy_helper
from train import cellpose_loss, stardist_loss

WEIGHTS = pathlib.Path(__file__).parent.parent / "weights"
FIXTURE = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "losses.json"
SIDE = 64
STEPS = 12
STRIDE = 50021  # between the elements of a gradient that are recorded: a prime, so that they are of all kinds
# As networktraining.ts trains.
LEARNING_RATE = 1e-3
EPSILON = 1e-7
WARM_UP = 10
LONGEST = 2.0
MOST_AVERAGE_DECAY = 0.98


def discs(grid: int) -> list[tuple[np.ndarray, ...]]:
    """Of each image, in each pixel: the offsets y and x from the middle of its disc, and its radius (0: no disc)."""
    y, x = np.mgrid[:SIDE:grid, :SIDE:grid].astype(np.float64)
    images = []
    for image in range(2):
        down, right, radii = np.zeros_like(y), np.zeros_like(y), np.zeros_like(y)
        for disc in range(4):
            row, column = divmod(disc, 2)
            dy = y - (16 + 32 * row + 3 * image - 2 * column)
            dx = x - (15 + 32 * column - 3 * image + 2 * row)
            radius = 8 + (disc + 2 * image) % 4
            inside = dy * dy + dx * dx < radius * radius
            down[inside], right[inside], radii[inside] = dy[inside], dx[inside], radius
        images.append((down, right, radii))
    return images


def drawn(image: int, channels: int) -> np.ndarray:
    """[c, y, x] discs that are brighter in the middle, on a pattern; the second image has nuclei."""
    y, x = np.mgrid[:SIDE, :SIDE]
    down, right, radii = discs(1)[image]
    with np.errstate(invalid="ignore"):
        share = (down * down + right * right) / (radii * radii)
    pattern = 0.05 + ((13 * y + 7 * x + 29 * image) % 16) / 128
    cytoplasm = pattern + np.where(radii > 0, 0.9 - 0.5 * share, 0)
    nucleus = np.where((radii > 0) & (share < 0.25), 0.8, 0.1) if image == 1 else np.zeros_like(cytoplasm)
    return np.stack([cytoplasm, nucleus][:channels])


def cellpose_target(image: int) -> np.ndarray:
    """Flows to the middle of each disc, and 1 in discs."""
    down, right, radii = discs(1)[image]
    length = np.sqrt(down * down + right * right)
    length[length == 0] = 1
    return np.stack([-down / length, -right / length, radii > 0])


def stardist_target(image: int) -> np.ndarray:
    """The distance to each disc's rim over its radius, and along each ray in pixels of the image."""
    down, right, radii = discs(2)[image]
    square = down * down + right * right
    inside = radii > 0
    with np.errstate(invalid="ignore"):
        planes = [np.where(inside, (radii - np.sqrt(square)) / radii, 0)]
        for ray in range(RAYS):
            # The last bit of a sine is not the same in every language; a rounded one is.
            y, x = (np.round(4096 * wave(2 * np.pi * ray / RAYS)) / 4096 for wave in (np.sin, np.cos))
            along = down * y + right * x
            planes.append(np.where(inside, np.sqrt(along * along + (radii * radii - square)) - along, 0))
    return np.stack(planes)


def batch(name: str) -> list[torch.Tensor]:
    """Image, target and pixel weight of the two images, float32; at the left of each the weight is 0."""
    channels, target_of, grid = (2, cellpose_target, 1) if name == "cellpose" else (1, stardist_target, 2)
    x = np.mgrid[:SIDE:grid, :SIDE:grid][1]
    images = range(2)
    parts = (
        [drawn(image, channels) for image in images],
        [target_of(image) for image in images],
        [(x >= 6 + 10 * image)[None] for image in images],
    )
    return [torch.from_numpy(np.stack(part).astype(np.float32)) for part in parts]


def bundled(name: str) -> UNet:
    """The network of the ONNX file, its parameters in the file's order."""
    network = folded(cellpose_network() if name == "cellpose" else stardist_network())
    initializers = onnx.load(WEIGHTS / f"{name}.onnx").graph.initializer
    weights = {one.name.removeprefix("network."): torch.tensor(numpy_helper.to_array(one)) for one in initializers}
    network.load_state_dict(weights)
    assert [parameter for parameter, _ in network.named_parameters()] == list(weights)
    return network.requires_grad_(True)


def steps(parameters: list[torch.Tensor], loss_of: Callable[[], torch.Tensor], count: int) -> Iterator[float]:
    """The losses before each step of training, and then the loss of the averaged weights."""
    optimizer = torch.optim.Adam(parameters, eps=EPSILON)
    averages = [parameter.detach().clone() for parameter in parameters]
    for step in range(1, count + 1):
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1, step / WARM_UP)
        optimizer.zero_grad()
        loss = loss_of()
        loss.backward()
        yield loss.item()
        torch.nn.utils.clip_grad_norm_(parameters, LONGEST)
        optimizer.step()
        momentum = min(MOST_AVERAGE_DECAY, (1 + step) / (10 + step))
        for average, parameter in zip(averages, parameters):
            average.lerp_(parameter.detach(), 1 - momentum)
    with torch.no_grad():
        for average, parameter in zip(averages, parameters):
            parameter.copy_(average)
    yield loss_of().item()


def training(name: str, dtype: torch.dtype) -> tuple[list[float], list[torch.Tensor]]:
    """The losses of `steps`, and the first gradient by each tensor of weights."""
    network = bundled(name).to(dtype)
    image, target, weight = (part.to(dtype) for part in batch(name))
    loss_of = cellpose_loss if name == "cellpose" else stardist_loss
    parameters = list(network.parameters())
    losses = steps(parameters, lambda: loss_of(network(image), target, weight), STEPS)
    first = next(losses)
    gradients = [parameter.grad.clone() for parameter in parameters]
    return [first, *losses], gradients


def network_record(name: str) -> dict:
    """What is known of a network; a tensor of the gradient has its length and the sum of its elements."""
    losses, _ = training(name, torch.float32)
    exact, gradients = training(name, torch.float64)
    flat = torch.cat([gradient.flatten() for gradient in gradients])
    tensors = [{"size": one.numel(), "norm": one.norm().item(), "sum": one.sum().item()} for one in gradients]
    elements = flat[::STRIDE].tolist()
    return {"losses": losses, "exact": exact, "stride": STRIDE, "elements": elements, "tensors": tensors}


def adam_record() -> dict:
    """Weights after each update by gradients from 0 to ones that the epsilon outweighs."""
    weights = torch.tensor([0.5, -0.25, 0.125, 1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=LEARNING_RATE, eps=EPSILON)
    gradients, results = [], []
    for step in range(STEPS):
        gradient = [0, *(((3 * step + 7 * place) % 5 - 1.5) * 2.0 ** (-8 * place) for place in range(4))]
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        gradients.append(gradient)
        results.append(weights.tolist())
    return {"gradients": gradients, "weights": results}


if __name__ == "__main__":
    torch.set_num_threads(1)
    record = {"cellpose": network_record("cellpose"), "stardist": network_record("stardist"), "adam": adam_record()}
    FIXTURE.write_text(json.dumps(record) + "\n")
    print(f"{FIXTURE.name}: {FIXTURE.stat().st_size} bytes")
