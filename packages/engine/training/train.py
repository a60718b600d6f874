"""Train one of the two networks.

Usage: python train.py cellpose|stardist DATA [--iterations N]   (after targets.py)
Leaves checkpoints/<model>.pt, the exponential moving average of the weights, and <model>.csv, the losses of the
training batches (mean of 50) and, of the averaged weights, of fixed crops of the validation images.
"""

import argparse
import copy
import itertools
import math
import pathlib
import time
from collections.abc import Iterator

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from augmentation import cellpose_crop, stardist_crop
from dataset import KIND_WEIGHTS, Sample, load
from network import DISTANCE_SCALE, FLOW_SCALE, cellpose_network, stardist_network

CHECKPOINTS = pathlib.Path(__file__).parent / "checkpoints"
BATCH = 8
LEARNING_RATE = 2e-3
VALIDATION_BATCHES = 16


def cellpose_loss(output: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """cellpose's loss: half the squared error of the flows plus the cross entropy of the foreground."""
    flows = (((output[:, :2] - FLOW_SCALE * target[:, :2]) ** 2) * weight).mean() / 2
    entropy = functional.binary_cross_entropy_with_logits(output[:, 2:], target[:, 2:], reduction="none")
    return flows + (entropy * weight).mean()


def stardist_loss(output: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """StarDist's loss: cross entropy of the probability plus the distances' error, weighted by the probability."""
    probability = target[:, :1]
    entropy = functional.binary_cross_entropy_with_logits(output[:, :1], probability, reduction="none")
    error = (output[:, 1:] * DISTANCE_SCALE - target[:, 1:]).abs().mean(1, keepdim=True)
    inside = probability * weight
    return (entropy * weight).mean() + 0.2 * (error * inside).sum() / inside.sum().clamp(min=1)


MODELS = {
    "cellpose": (cellpose_network, cellpose_crop, cellpose_loss),
    "stardist": (stardist_network, stardist_crop, stardist_loss),
}


def batches_of(crop, samples: list[Sample], random: np.random.Generator) -> Iterator[tuple[torch.Tensor, ...]]:
    """Endless batches of crops; an image comes the oftener the more objects it has and the rarer its kind is."""
    chances = np.array([KIND_WEIGHTS[sample.kind] * len(np.unique(sample.labels)) ** 0.6 for sample in samples])
    chances /= chances.sum()
    while True:
        batch = [crop(samples[random.choice(len(samples), p=chances)], random) for _ in range(BATCH)]
        yield tuple(torch.from_numpy(np.stack(part)) for part in zip(*batch))


@torch.no_grad()
def mean_loss(network: torch.nn.Module, batches: list[tuple[torch.Tensor, ...]], loss_of) -> float:
    """The mean loss without learning."""
    return float(np.mean([loss_of(network(image), target, weight).item() for image, target, weight in batches]))


def train(model: str, data: pathlib.Path, iterations: int) -> None:
    """AdamW with a warm-up and a cosine schedule over ``iterations`` batches of random crops; seeded."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    make, crop, loss_of = MODELS[model]
    batches = batches_of(crop, load(data, model, validation=False), random)
    unseen = batches_of(crop, load(data, model, validation=True), np.random.default_rng(1))
    validation = list(itertools.islice(unseen, VALIDATION_BATCHES))
    network = make().to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
    CHECKPOINTS.mkdir(exist_ok=True)
    losses, started = [], time.process_time()
    with open(CHECKPOINTS / f"{model}.csv", "w") as log:
        log.write("iteration,training,validation\n")
        for iteration in range(1, iterations + 1):
            decay = 0.5 * (1 + math.cos(math.pi * iteration / iterations)) * 0.98 + 0.02
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * min(1, iteration / 100) * decay
            image, target, weight = next(batches)
            with torch.autocast("cpu", torch.bfloat16):
                output = network(image.contiguous(memory_format=torch.channels_last))
            loss = loss_of(output.float(), target, weight)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            momentum = min(0.999, (1 + iteration) / (10 + iteration))
            with torch.no_grad():
                for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
                    mean.lerp_(value, 1 - momentum) if mean.dtype.is_floating_point else mean.copy_(value)
            losses.append(loss.item())
            if iteration % 250 == 0 or iteration == iterations:
                measured = np.mean(losses[-50:]), mean_loss(average, validation, loss_of)
                log.write(f"{iteration},{measured[0]:.5f},{measured[1]:.5f}\n")
                log.flush()
                minutes = (time.process_time() - started) / 60
                progress = "loss {:.4f}, of the validation images {:.4f}".format(*measured)
                print(f"{iteration} of {iterations}: {progress}, {minutes:.1f} CPU minutes", flush=True)
                torch.save(average.state_dict(), CHECKPOINTS / f"{model}.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--iterations", type=int, default=15000)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(0)
    train(arguments.model, arguments.data, arguments.iterations)
