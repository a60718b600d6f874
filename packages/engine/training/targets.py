"""Compute what the networks learn from the labels, once, into a cache folder.

Usage: python targets.py DATA   (DATA holds index.csv, images/, labels/)
"""

import argparse
import concurrent.futures
import csv
import pathlib

import numpy as np
import torch
from cellpose import dynamics
from PIL import Image
from stardist.utils import edt_prob

CACHE = pathlib.Path(__file__).parent / "cache"


def write(data: pathlib.Path, identifier: str) -> None:
    """One image: grey values, labels, cellpose's diffusion flows [2, y, x] and StarDist's object probability."""
    torch.set_num_threads(1)
    image = np.asarray(Image.open(data / "images" / f"{identifier}.png")).astype(np.float32)
    if image.ndim == 3:
        image = image[..., :3].mean(2)
    labels = np.asarray(Image.open(data / "labels" / f"{identifier}.png")).astype(np.int32)
    flows = np.zeros((2, *labels.shape), np.float32)
    if labels.max() > 0:
        found = dynamics.masks_to_flows(labels, device=torch.device("cpu"))
        flows = np.asarray(found[0] if isinstance(found, tuple) else found)[:2]
    np.savez(
        CACHE / f"{identifier}.npz",
        image=image.astype(np.float16),
        labels=labels.astype(np.uint16),
        flows=flows.astype(np.float16),
        probability=edt_prob(labels).astype(np.float16),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    data = parser.parse_args().data
    CACHE.mkdir(exist_ok=True)
    with open(data / "index.csv") as index:
        identifiers = [row["id"] for row in csv.DictReader(index)]
    todo = [identifier for identifier in identifiers if not (CACHE / f"{identifier}.npz").exists()]
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        for done, _ in enumerate(pool.map(write, [data] * len(todo), todo), 1):
            if done % 50 == 0 or done == len(todo):
                print(f"{done} of {len(todo)} images", flush=True)
