"""Turn a StarDist 2D model into one that `bioengine serve --model-repository` serves, without TensorFlow.

Usage: python convert_stardist.py MODEL REPOSITORY [--name NAME] [--weights weights_best.h5]
MODEL is the folder that StarDist writes: config.json, thresholds.json and weights. NAME defaults to the folder's.
The network is the U-Net of StarDist 0.9: https://github.com/stardist/stardist
"""

import argparse
import json
import math
import pathlib

import h5py
import numpy as np
from modelfolder import write_model
from onnxgraph import Graph

# Keras' own for a BatchNormalization.
EPSILON = 1e-3
ACTIVATIONS = {"relu": "Relu", "elu": "Elu", "sigmoid": "Sigmoid", "tanh": "Tanh"}


def require(holds: bool, requirement: str, got: object) -> None:
    if not holds:
        raise ValueError(f"Cannot convert: {requirement}, got {got}")


class Layers:
    """The weights of Keras' layers, by name; those without a name of their own come in the order they were made."""

    def __init__(self, path: pathlib.Path) -> None:
        with h5py.File(path) as file:
            root = file["model_weights"] if "model_weights" in file else file
            require("layer_names" in root.attrs, f"{path.name} must be Keras' h5 format of before version 3", "another")
            names = [name if isinstance(name, str) else name.decode() for name in root.attrs["layer_names"]]
            self.arrays = {name: self.read(root[name]) for name in names}

    @staticmethod
    def read(group: h5py.Group) -> dict[str, np.ndarray]:
        names = [name if isinstance(name, str) else name.decode() for name in group.attrs["weight_names"]]
        return {name.split("/")[-1].split(":")[0]: np.asarray(group[name]) for name in names}

    def unnamed(self, kind: str) -> list[str]:
        """Keras counts up: conv2d, conv2d_1, conv2d_2, from any number on."""
        found = [name for name in self.arrays if name == kind or name.startswith(kind + "_")]
        return sorted(found, key=lambda name: int(name[len(kind) + 1 :] or 0))

    def __getitem__(self, name: str) -> dict[str, np.ndarray]:
        require(bool(self.arrays.get(name)), f"the weights must have a layer {name}", ", ".join(self.arrays))
        return self.arrays[name]


class UNet:
    """Adds the layers of a configuration to a graph."""

    def __init__(self, config: dict, layers: Layers) -> None:
        self.config, self.layers, self.graph = config, layers, Graph()
        self.norms = iter(layers.unnamed("batch_normalization"))

    def activate(self, x: str, name: str, output: str | None = None) -> str:
        if name == "linear":
            return self.graph.node("Identity", x, output=output) if output else x
        require(name in ACTIVATIONS, f"an activation must be among linear, {', '.join(ACTIVATIONS)}", name)
        return self.graph.node(ACTIVATIONS[name], x, output=output)

    def conv(self, x: str, layer: str, activation: str, output: str | None = None) -> str:
        kernel, bias = (self.layers[layer][key] for key in ("kernel", "bias"))
        x = self.graph.conv(x, kernel.transpose(3, 2, 0, 1), bias)
        return self.activate(x, activation, output)

    def block(self, x: str, layer: str, activation: str) -> str:
        layer = self.config.get("unet_prefix", "") + layer
        if not self.config["unet_batch_norm"]:
            return self.conv(x, layer, activation)
        norm = self.layers[next(self.norms)]
        arrays = (norm[key] for key in ("gamma", "beta", "moving_mean", "moving_variance"))
        x = self.graph.batch_norm(self.conv(x, layer, "linear"), *arrays, epsilon=EPSILON)
        return self.activate(x, activation)

    def to_grid(self, x: str) -> str:
        """Convolutions and pooling down to the grid of the prediction."""
        names, grid, pooled = iter(self.layers.unnamed("conv2d")), self.config["grid"], [1, 1]
        while pooled != grid:
            pool = tuple(2 if wanted > got else 1 for wanted, got in zip(grid, pooled))
            pooled = [got * factor for got, factor in zip(pooled, pool)]
            for _ in range(self.config["unet_n_conv_per_depth"]):
                x = self.conv(x, next(names), self.config["unet_activation"])
            x = self.graph.max_pool(x, pool)
        return x

    def body(self, x: str) -> str:
        config, skips = self.config, []
        depth, convolutions, activation = (
            config[f"unet_{key}"] for key in ("n_depth", "n_conv_per_depth", "activation")
        )
        pool = tuple(config["unet_pool"])
        for level in range(depth):
            for index in range(convolutions):
                x = self.block(x, f"down_level_{level}_no_{index}", activation)
            skips.append(x)
            x = self.graph.max_pool(x, pool)
        for index in [*range(convolutions - 1), convolutions]:
            x = self.block(x, f"middle_{index}", activation)
        for level in reversed(range(depth)):
            x = self.graph.node("Concat", self.graph.upsample(x, pool), skips[level], axis=1)
            for index in range(convolutions - 1):
                x = self.block(x, f"up_level_{level}_no_{index}", activation)
            last = activation if level > 0 else config["unet_last_activation"] or activation
            x = self.block(x, f"up_level_{level}_no_{convolutions}", last)
        return x

    def heads(self, x: str) -> None:
        if self.config["net_conv_after_unet"] > 0:
            x = self.conv(x, "features", self.config["unet_activation"])
        self.conv(x, "prob", "sigmoid", output="probability")
        # StarDist's own bound.
        distances = self.conv(x, "dist", "linear")
        self.graph.node("Max", distances, self.graph.constant(np.float32(1e-3)), output="distances")


def stardist(config: dict, layers: Layers) -> Graph:
    """The network: image [n, 1, h, w] to `probability` [n, 1, h / grid, w / grid] and `distances` [n, ray, …]."""
    require(config["n_dim"] == 2, "the model must be StarDist's 2D", f"{config['n_dim']}D")
    require(config["backbone"] == "unet", "the backbone must be unet", config["backbone"])
    require(config["n_channel_in"] == 1, "the model must take images of 1 channel", config["n_channel_in"])
    grid = config["grid"]
    require(grid[0] == grid[1], "the grid must be the same along y and x", grid)
    require(
        config.get("unet_expansion", 2) == 2,
        "the U-Net must double its filters at each level",
        config.get("unet_expansion"),
    )
    unet = UNet(config, layers)
    unet.heads(unet.body(unet.to_grid("image")))
    return unet.graph


def convert(model: pathlib.Path, repository: pathlib.Path, name: str, weights: str = "weights_best.h5") -> pathlib.Path:
    """Convert StarDist's folder of a model; returns the new model's folder."""
    config = json.loads((model / "config.json").read_text())
    graph = stardist(config, Layers(model / weights))
    file = model / "thresholds.json"
    thresholds = json.loads(file.read_text()) if file.exists() else {"prob": 0.5, "nms": 0.4}
    steps = [factor ** config["unet_n_depth"] * grid for factor, grid in zip(config["unet_pool"], config["grid"])]
    parameters = {
        "bioengine": "stardist",
        "grid": config["grid"][0],
        "step": math.lcm(*steps),
        "prob_thresh": thresholds["prob"],
        "nms_thresh": thresholds["nms"],
    }
    outputs = {"probability": 1, "distances": config["n_rays"]}
    return write_model(repository, name, graph, 1, outputs, parameters)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("repository", type=pathlib.Path)
    parser.add_argument("--name")
    parser.add_argument("--weights", default="weights_best.h5")
    arguments = parser.parse_args()
    name = arguments.name or arguments.model.resolve().name
    print(convert(arguments.model, arguments.repository, name, arguments.weights))
