"""An ONNX graph under construction, and the layers of a U-Net in it."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """Nodes and constants; tensors go by their names, which every method returns.

    ``ones`` [n] has a 1 for each image.
    """

    def __init__(self):
        self.nodes, self.constants, self.count = [], {}, 0
        self.domains = {"": 17}
        one = numpy_helper.from_array(np.ones(1, np.float32))
        self.ones = self.add("ConstantOfShape", self.add("Shape", "image", end=1), value=one)

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes) -> str | list[str]:
        """The output of a new node, or the list of them."""
        names = [f"t{self.count + number}" for number in range(1, outputs + 1)]
        self.count += outputs
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value) -> str:
        """A float32 or int64 tensor; the same one for the same value."""
        array = np.asarray(value)
        array = array.astype(np.float32 if array.dtype.kind == "f" else np.int64)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(array, f"c{len(self.constants)}")
        return self.constants[key].name

    def reshape(self, tensor: str, *shape: int) -> str:
        return self.add("Reshape", tensor, self.constant(list(shape)))

    def sum(self, tensor: str, *axes: int, keepdims: int = 0) -> str:
        return self.add("ReduceSum", tensor, *([self.constant(list(axes))] if axes else []), keepdims=keepdims)

    def summed_images(self, tensor: str) -> str:
        """The sum over the first axis, of the images, flat: a product with ones, faster than ReduceSum."""
        return self.add("MatMul", self.ones, self.reshape(tensor, 0, -1))

    def sign(self, tensor: str) -> str:
        """1 where it is positive and -1 where it is negative; faster than Sign, and than comparing and casting."""
        enlarged = self.add("Mul", tensor, self.constant(1e30))
        return self.add("Clip", enlarged, self.constant(-1.0), self.constant(1.0))

    def is_positive(self, tensor: str) -> str:
        """1 where it is positive, else 0; faster than comparing and casting."""
        return self.add("HardSigmoid", tensor, alpha=1e30, beta=0.0)

    def size(self, tensor: str) -> str:
        """The count of its elements, as a number to divide by."""
        return self.add("Cast", self.add("Size", tensor), to=TensorProto.FLOAT)

    def plain(self, tensor: str, channels: int) -> str:
        """What a layer gave, as [n, c, h, w] in C order."""
        return tensor

    def channels_last(self, tensor: str, channels: int) -> str:
        """What a layer gave, as [n, h, w, c] in C order."""
        return self.add("Transpose", tensor, perm=[0, 2, 3, 1])

    def convolved(self, image: str, weight: str, bias: str, shape: list[int]) -> str:
        return self.add("Conv", image, weight, bias, **sides(shape))

    def convolved_back(self, gradient: str, weight: str, shape: list[int]) -> str:
        """The gradient by a convolution's image: a convolution by the turned kernels, faster than ConvTranspose."""
        outputs, inputs, side, _ = shape
        turned = self.add("Transpose", weight, perm=[1, 0, 2, 3])
        if side > 1:
            # Each kernel backwards, by a matrix: faster than a slice of negative steps.
            backwards = self.constant(np.eye(side * side)[::-1])
            lines = self.add("MatMul", self.reshape(turned, -1, side * side), backwards)
            turned = self.reshape(lines, inputs, outputs, side, side)
        return self.add("Conv", gradient, turned, **sides(shape))

    def rectified(self, convolved: str) -> str:
        return self.add("Relu", convolved)

    def largest(self, tensor: str) -> str:
        """The largest of each four pixels."""
        return self.add("MaxPool", tensor, kernel_shape=[2, 2], strides=[2, 2])

    def averaged(self, tensor: str) -> str:
        """Each four pixels as their mean."""
        return self.add("AveragePool", tensor, kernel_shape=[2, 2], strides=[2, 2])

    def doubled(self, tensor: str) -> str:
        """Each pixel as four, as the network's decoder does."""
        scales = self.constant(np.array([1.0, 1.0, 2.0, 2.0]))
        options = {"coordinate_transformation_mode": "asymmetric", "mode": "nearest", "nearest_mode": "floor"}
        return self.add("Resize", tensor, "", scales, **options)


def sides(shape: list[int]) -> dict[str, list[int]]:
    """A convolution's attributes, from the shape of its kernels."""
    side = shape[2]
    return {"kernel_shape": [side, side], "pads": [side // 2] * 4}
