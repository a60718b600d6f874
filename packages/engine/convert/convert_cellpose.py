"""Turn cellpose 3 weights into a model that `bioengine serve --model-repository` serves.

Usage: python convert_cellpose.py WEIGHTS REPOSITORY [--name NAME]
WEIGHTS is a file such as cyto3, cyto2torch_0 or one that cellpose trained; NAME defaults to the file's.
The network is CPnet of cellpose 3: https://doi.org/10.1038/s41592-020-01018-x
"""

import argparse
import pathlib

import numpy as np
from modelfolder import write_model
from onnxgraph import Graph
from statedict import read_state_dict

EPSILON = 1e-5


class Weights:
    """The arrays of a state dict below a prefix."""

    def __init__(self, arrays: dict[str, np.ndarray], prefix: str = "") -> None:
        self.arrays, self.prefix = arrays, prefix

    def below(self, name: str) -> "Weights":
        return Weights(self.arrays, f"{self.prefix}{name}.")

    def has(self, name: str) -> bool:
        return any(key.startswith(f"{self.prefix}{name}.") for key in self.arrays)

    def __getitem__(self, name: str) -> np.ndarray:
        if self.prefix + name not in self.arrays:
            raise ValueError(f"Cannot convert: the weights must be CPnet's, got none called {self.prefix}{name}")
        return self.arrays[self.prefix + name]


def norm(graph: Graph, x: str, weights: Weights) -> str:
    arrays = (weights[key] for key in ("weight", "bias", "running_mean", "running_var"))
    return graph.batch_norm(x, *arrays, epsilon=EPSILON)


def norm_relu_conv(graph: Graph, x: str, weights: Weights) -> str:
    x = graph.node("Relu", norm(graph, x, weights.below("0")))
    return graph.conv(x, weights["2.weight"], weights["2.bias"])


def projection(graph: Graph, x: str, weights: Weights) -> str:
    return graph.conv(norm(graph, x, weights.below("0")), weights["1.weight"], weights["1.bias"])


def encode(graph: Graph, x: str, weights: Weights) -> str:
    """Two residual steps of two convolutions."""
    conv = [weights.below(f"conv.conv_{index}") for index in range(4)]
    inside = norm_relu_conv(graph, norm_relu_conv(graph, x, conv[0]), conv[1])
    x = graph.node("Add", projection(graph, x, weights.below("proj")), inside)
    return graph.node("Add", x, norm_relu_conv(graph, norm_relu_conv(graph, x, conv[2]), conv[3]))


def styled(graph: Graph, x: str, style: str, weights: Weights) -> str:
    """A convolution of what the style, a number for each channel, is added to."""
    full = weights.below("full")
    shift = graph.node("Gemm", style, graph.constant(full["weight"]), graph.constant(full["bias"]), transB=1)
    shift = graph.node("Unsqueeze", shift, graph.constant(np.array([2, 3])))
    return norm_relu_conv(graph, graph.node("Add", x, shift), weights.below("conv"))


def decode(graph: Graph, x: str, skip: str, style: str, weights: Weights) -> str:
    conv = [weights.below(f"conv.conv_{index}") for index in range(4)]
    inside = graph.node("Add", norm_relu_conv(graph, x, conv[0]), skip)
    inside = styled(graph, inside, style, conv[1])
    x = graph.node("Add", projection(graph, x, weights.below("proj")), inside)
    return graph.node("Add", x, styled(graph, styled(graph, x, style, conv[2]), style, conv[3]))


def cpnet(arrays: dict[str, np.ndarray]) -> tuple[Graph, float]:
    """The network of a state dict, and the diameter in pixels that it was trained for.

    Input [n, 2, h, w], h and w multiples of 8; output [n, 3, h, w]: 5 times the flow in y and x, and the logit of the
    cell probability.
    """
    if "W2" in arrays:
        raise ValueError("Cannot convert: the weights must be of cellpose 3, got those of cellpose 4")
    weights = Weights(arrays)
    first = weights["downsample.down.res_down_0.conv.conv_0.2.weight"]
    last = weights["output.2.weight"]
    if first.ndim != 4 or first.shape[1] != 2 or last.shape[0] != 3:
        shape = f"{first.ndim - 2} axes, {first.shape[1]} channels and {last.shape[0]} outputs"
        raise ValueError(f"Cannot convert: the network must have 2 axes, 2 channels and 3 outputs, got {shape}")
    graph, levels = Graph(), []
    down, up = weights.below("downsample.down"), weights.below("upsample.up")
    while down.has(f"res_down_{len(levels)}"):
        x = graph.max_pool(levels[-1], (2, 2)) if levels else "image"
        levels.append(encode(graph, x, down.below(f"res_down_{len(levels)}")))
    # The mean over the whole image, so that its size may be any.
    mean = graph.node("Flatten", graph.node("GlobalAveragePool", levels[-1]))
    style = graph.node("Div", mean, graph.node("ReduceL2", mean, axes=[1]))
    x = levels[-1]
    for level in reversed(range(len(levels))):
        if level < len(levels) - 1:
            x = graph.upsample(x, (2, 2))
        x = decode(graph, x, levels[level], style, up.below(f"res_up_{level}"))
    x = norm_relu_conv(graph, x, weights.below("output"))
    graph.node("Identity", x, output="flows")
    return graph, float(np.asarray(arrays.get("diam_mean", [30.0])).item())


def convert(weights: pathlib.Path, repository: pathlib.Path, name: str) -> pathlib.Path:
    """Convert a file of weights; returns the model's folder."""
    graph, diameter = cpnet(read_state_dict(weights))
    parameters = {"bioengine": "cellpose", "diameter": f"{diameter:g}", "step": 16}
    return write_model(repository, name, graph, 2, {"flows": 3}, parameters)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("repository", type=pathlib.Path)
    parser.add_argument("--name")
    arguments = parser.parse_args()
    print(convert(arguments.weights, arguments.repository, arguments.name or arguments.weights.stem))
