"""Train one of the two networks.

Usage: python train.py cellpose|stardist DATA [--iterations N]   (after targets.py)
Leaves checkpoints/<model>.pt, the exponential moving average of the weights, and <model>.csv, the losses.
"""

import argparse
import copy
import math
import pathlib
import time

import cv2
import numpy as np
import torch
import torch.nn.functional as functional
from augmentation import cellpose_crop, stardist_crop
from dataset import KIND_WEIGHTS, load
from network import DISTANCE_SCALE, FLOW_SCALE, cellpose_network, stardist_network

CHECKPOINTS = pathlib.Path(__file__).parent / "checkpoints"
BATCH = 8
LEARNING_RATE = 2e-3


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


def train(model: str, data: pathlib.Path, iterations: int) -> None:
    """AdamW with a warm-up and a cosine schedule over ``iterations`` batches of random crops; seeded."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    make, crop, loss_of = MODELS[model]
    samples = load(data, model, validation=False)
    chances = np.array([KIND_WEIGHTS[sample.kind] for sample in samples])
    chances /= chances.sum()
    network = make().to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=1e-4)
    CHECKPOINTS.mkdir(exist_ok=True)
    losses, started = [], time.process_time()
    with open(CHECKPOINTS / f"{model}.csv", "w") as log:
        log.write("iteration,loss\n")
        for iteration in range(1, iterations + 1):
            decay = 0.5 * (1 + math.cos(math.pi * iteration / iterations)) * 0.98 + 0.02
            for group in optimizer.param_groups:
                group["lr"] = LEARNING_RATE * min(1, iteration / 100) * decay
            batch = [crop(samples[random.choice(len(samples), p=chances)], random) for _ in range(BATCH)]
            image, target, weight = (torch.from_numpy(np.stack(part)) for part in zip(*batch))
            with torch.autocast("cpu", torch.bfloat16):
                output = network(image.contiguous(memory_format=torch.channels_last))
            loss = loss_of(output.float(), target, weight)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            momentum = min(0.998, (1 + iteration) / (10 + iteration))
            with torch.no_grad():
                for mean, value in zip(average.state_dict().values(), network.state_dict().values()):
                    mean.lerp_(value, 1 - momentum) if mean.dtype.is_floating_point else mean.copy_(value)
            losses.append(loss.item())
            if iteration % 50 == 0:
                log.write(f"{iteration},{np.mean(losses[-50:]):.5f}\n")
                log.flush()
                minutes = (time.process_time() - started) / 60
                print(
                    f"{iteration} of {iterations}: loss {np.mean(losses[-50:]):.4f}, {minutes:.1f} CPU minutes",
                    flush=True,
                )
            if iteration % 250 == 0 or iteration == iterations:
                torch.save(average.state_dict(), CHECKPOINTS / f"{model}.pt")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--iterations", type=int, default=5000)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(0)
    train(arguments.model, arguments.data, arguments.iterations)
