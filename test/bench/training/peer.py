"""The training steps of a network in PyTorch, eager, float32, one thread, asked by lines of JSON.

Usage: python peer.py cellpose|stardist FOLDER   (FOLDER holds the weights and the batches; see peer.mjs)
"""

import json
import os
import pathlib
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[3] / "packages/engine/training"))
from network import folded
from train import MODELS

BATCH, SIDE, LEARNING_RATE, WARM_UP, LONGEST = 2, 128, 1e-3, 10, 2.0
LAYOUTS = {"NCHW": torch.contiguous_format, "channels_last": torch.channels_last}
GRIDS = {"cellpose": 1, "stardist": 2}

torch.set_num_threads(1)
kind, folder = sys.argv[1], pathlib.Path(sys.argv[2])
make, _, loss_of = MODELS[kind]


def batches_of(name: str, side: int) -> torch.Tensor:
    """[batch, n, c, side, side]."""
    return torch.from_numpy(np.fromfile(folder / name, "float32")).reshape(-1, BATCH, channels[name], side, side)


def network_of(layout: torch.memory_format) -> torch.nn.Module:
    """As the engine trains it: batch normalisation in the convolutions, the weights in the ONNX file's order."""
    network, start = folded(make()), 0
    weights = torch.from_numpy(np.fromfile(folder / "weights", "float32"))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(weights[start : start + parameter.numel()].reshape(parameter.shape))
            parameter.requires_grad_(True)
            start += parameter.numel()
    if start != len(weights):
        raise ValueError(f"Cannot load the weights: there must be {start}, got {len(weights)}")
    return network.to(memory_format=layout)


class Training:
    def __init__(self, layout: torch.memory_format):
        self.network, self.layout, self.iterations = network_of(layout), layout, 0
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=LEARNING_RATE, eps=1e-7)

    def step(self) -> float:
        image, target, weight = batches[self.iterations % len(batches)]
        self.iterations += 1
        for group in self.optimizer.param_groups:
            group["lr"] = LEARNING_RATE * min(1, self.iterations / WARM_UP)
        loss = loss_of(self.network(image.contiguous(memory_format=self.layout)), target, weight)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), LONGEST)
        self.optimizer.step()
        return loss.item()


coarse = SIDE // GRIDS[kind]
channels = {"image": 2 if kind == "cellpose" else 1, "target": 3 if kind == "cellpose" else 33, "pixelWeight": 1}
parts = (batches_of("image", SIDE), batches_of("target", coarse), batches_of("pixelWeight", coarse))
batches = list(zip(*parts))
trainings = {name: Training(layout) for name, layout in LAYOUTS.items()}

for line in sys.stdin:
    task = json.loads(line)
    times, losses = [], []
    for _ in range(task["steps"]):
        started = time.perf_counter()
        losses.append(trainings[task["layout"]].step())
        times.append((time.perf_counter() - started) * 1000)
    print(json.dumps({"ms": times, "losses": losses}), flush=True)
