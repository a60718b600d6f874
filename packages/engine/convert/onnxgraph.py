"""ONNX graphs of convolutional networks, written a layer at a time."""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


class Graph:
    """A network on images [n, c, h, w] of any size. Its methods add a layer and return the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.constants: dict[tuple, str] = {}

    def constant(self, value: np.ndarray) -> str:
        value = np.ascontiguousarray(value)
        key = (value.dtype, value.shape, value.tobytes())
        if key not in self.constants:
            self.constants[key] = f"weight_{len(self.weights)}"
            self.weights.append(numpy_helper.from_array(value, self.constants[key]))
        return self.constants[key]

    def node(self, operator: str, *inputs: str, output: str | None = None, **attributes) -> str:
        name = output or f"value_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def conv(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """A convolution to the size of its input; the weight is [out, in, y, x], y and x odd."""
        rows, columns = weight.shape[2] // 2, weight.shape[3] // 2
        inputs = [self.constant(np.asarray(value, np.float32)) for value in (weight, bias)]
        return self.node("Conv", x, *inputs, pads=[rows, columns, rows, columns])

    def batch_norm(self, x: str, scale, offset, mean, variance, epsilon: float) -> str:
        inputs = [self.constant(np.asarray(value, np.float32)) for value in (scale, offset, mean, variance)]
        return self.node("BatchNormalization", x, *inputs, epsilon=epsilon)

    def max_pool(self, x: str, pool: tuple[int, int]) -> str:
        return self.node("MaxPool", x, kernel_shape=pool, strides=pool)

    def upsample(self, x: str, factor: tuple[int, int]) -> str:
        """Repeat each pixel."""
        scales = self.constant(np.array([1, 1, *factor], np.float32))
        options = {"mode": "nearest", "coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
        return self.node("Resize", x, "", scales, **options)

    def save(self, path: pathlib.Path, channels: int, outputs: dict[str, int]) -> None:
        """Write the graph with the input `image` [n, channels, h, w] and outputs of as many channels, float32."""

        def value(name: str, count: int, height: str, width: str) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", count, height, width])

        graph = helper.make_graph(
            self.nodes,
            "network",
            [value("image", channels, "h", "w")],
            [value(name, count, f"{name}_h", f"{name}_w") for name, count in outputs.items()],
            self.weights,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)
