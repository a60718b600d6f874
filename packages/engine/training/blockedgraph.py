"""An ONNX graph under construction, and the layers of a U-Net as ONNX Runtime's own quickest operators."""

from collections.abc import Iterable

import numpy as np
from graph import Graph, sides
from onnx import helper


class BlockedGraph(Graph):
    """What layers give lies as [n, c / b, h, w, b] where there are 16 channels or a multiple: see ``plain``.

    ONNX Runtime brings a network to this form itself, but only where the weights are constants. b is 8 or 16, by the
    processor, and found out in the graph; on some processors these operators are missing, and it can't be loaded.
    """

    DOMAIN = "com.microsoft.nchwc"

    def __init__(self):
        super().__init__()
        self.domains[self.DOMAIN] = 1
        pixels = np.zeros((1, 32, 1, 2))
        pixels[..., 1] = 1
        # The first pixel's b channels come before the second's.
        laid = self.reshape(self.blocked("ReorderInput", self.constant(pixels)), -1)
        self.block = self.add("ArgMax", laid, axis=0)

    def blocked(self, operator: str, *inputs: str, **attributes) -> str:
        return self.add(operator, *inputs, domain=self.DOMAIN, **attributes)

    def plain(self, tensor: str, channels: int) -> str:
        return tensor if channels % 16 else self.blocked("ReorderOutput", tensor, channels=channels)

    def channels_last(self, tensor: str, channels: int) -> str:
        return self.blocked("ReorderOutput", tensor, channels=channels, channels_last=1)

    def convolved(self, image: str, weight: str, bias: str, shape: list[int]) -> str:
        outputs, inputs, _, _ = shape
        if outputs % 16:
            return super().convolved(self.plain(image, inputs), weight, bias, shape)
        return self.blocked("Conv", image, self.reshape(self.kernels(weight, shape), *shape), bias, **sides(shape))

    def convolved_back(self, gradient: str, weight: str, shape: list[int]) -> str:
        outputs, inputs, side, _ = shape
        if outputs % 16:
            return self.blocked("ReorderInput", super().convolved_back(gradient, weight, shape))
        turned = self.reshape(self.turned_kernels(weight, shape), inputs, outputs, side, side)
        return self.blocked("Conv", gradient, turned, **sides(shape))

    def kernels(self, weight: str, shape: list[int]) -> str:
        """[o / b, i / b, places, b of i, b of o]; of less than 16 inputs each is a block."""
        outputs, inputs, side, _ = shape
        by_input = (self.constant([inputs, 1]),) if inputs % 16 else (self.blocks(inputs), self.block)
        lengths = (self.blocks(outputs), self.block, *by_input, self.constant([side * side]))
        split = self.add("Reshape", weight, self.add("Concat", *lengths, axis=0))
        outputs_last = self.add("Transpose", split, perm=[0, 2, 3, 4, 1])
        kept = self.places(outputs_last, range(side * side), axis=3)
        return self.add("Transpose", kept, perm=[0, 1, 3, 2, 4])

    def turned_kernels(self, weight: str, shape: list[int]) -> str:
        """[i / b, o / b, places backwards, b of o, b of i]."""
        inputs_last = self.add("Transpose", self.kernels(weight, shape), perm=[0, 1, 2, 4, 3])
        backwards = self.places(inputs_last, reversed(range(shape[2] ** 2)), axis=2)
        return self.add("Transpose", backwards, perm=[1, 0, 2, 3, 4])

    def blocks(self, channels: int) -> str:
        return self.add("Div", self.constant([channels]), self.block)

    def places(self, kernels: str, order: Iterable[int], axis: int) -> str:
        """The kernels' places in an order. It also keeps two quick Transposes from becoming a single slow one."""
        return self.add("Gather", kernels, self.constant(list(order)), axis=axis)

    def rectified(self, convolved: str) -> str:
        node = next(node for node in self.nodes if convolved in node.output)
        node.attribute.append(helper.make_attribute("activation", "Relu"))
        return convolved

    def largest(self, tensor: str) -> str:
        return self.blocked("MaxPool", tensor, kernel_shape=[2, 2], strides=[2, 2])

    def averaged(self, tensor: str) -> str:
        return self.blocked("AveragePool", tensor, kernel_shape=[2, 2], strides=[2, 2])

    def doubled(self, tensor: str) -> str:
        return self.blocked("Upsample", tensor, scales=[1, 1, 2, 2])
