"""Derive from each bundled network the ONNX graph of its loss and of the loss's gradient by all weights.

Usage: python gradient.py   (after export.py; writes ../weights/*-gradient.onnx and *-gradient-blocked.onnx)

A graph takes ``weights`` [p] (all initializers of the network in the order of its file, each in C order), ``image``
[n, c, h, w], ``target`` and ``pixel_weight`` (of the size of the network's output), and gives ``loss``, ``gradient``
[p] and the gradient's Euclidean ``length``; n, h and w are free. The losses are train.py's; their gradients come by
reverse-mode differentiation, node by node. The graph called "blocked" computes the same, and is faster where it can be
loaded.
Nothing here depends on the weights' values: the graphs stay as they are when the networks are trained anew.
"""

import pathlib

import numpy as np
import onnx
from blockedgraph import BlockedGraph
from graph import Graph
from network import DISTANCE_SCALE, FLOW_SCALE, RAYS
from onnx import TensorProto, helper

WEIGHTS = pathlib.Path(__file__).parent.parent / "weights"
DISTANCE_WEIGHT = 0.2  # of the distances' error in StarDist's loss


class Differentiation:
    """A network's forward pass, up to its logits and with the weights as an input, and its backward pass.

    ``values`` and ``gradients`` lead from a tensor of the network to its value, and to the loss's gradient by it, in
    the new graph; ``shapes`` are those of the weights.
    """

    def __init__(self, network: onnx.GraphProto, logits: str, graph: Graph):
        self.graph = graph
        self.shapes = {weight.name: list(weight.dims) for weight in network.initializer}
        self.values = {"image": "image", **self.split_weights()}
        self.gradients = {}
        self.logits = logits
        self.path = []
        for node in network.node:
            if node.op_type != "Constant":
                self.path.append(node)
                self.forward(node)
            if logits in node.output:
                break

    def split_weights(self) -> dict[str, str]:
        sizes = self.graph.constant([int(np.prod(shape)) for shape in self.shapes.values()])
        parts = self.graph.add("Split", "weights", sizes, outputs=len(self.shapes), axis=0)
        reshaped = (self.graph.reshape(part, *shape) for part, shape in zip(parts, self.shapes.values()))
        return dict(zip(self.shapes, reshaped))

    def forward(self, node: onnx.NodeProto) -> None:
        graph, inputs = self.graph, [self.values.get(name, "") for name in node.input]
        if node.op_type == "Conv":
            output = graph.convolved(*inputs, self.shapes[node.input[1]])
        elif node.op_type == "MaxPool":
            output = graph.largest(inputs[0])
        elif node.op_type == "Resize":
            output = graph.doubled(inputs[0])
        elif node.op_type == "Relu":
            output = graph.rectified(inputs[0])
        elif node.op_type == "Add":
            output = graph.add("Add", *inputs)
        else:
            raise ValueError(f"Cannot differentiate the network: nodes must be of a U-Net, got {node.op_type}")
        self.values[node.output[0]] = output

    def accumulate(self, name: str, gradient: str) -> None:
        """Add to a tensor's gradient what comes from one of the nodes that it goes into."""
        known = self.gradients.get(name)
        self.gradients[name] = gradient if known is None else self.graph.add("Add", known, gradient)

    def backward(self, gradient: str) -> list[str]:
        """The gradients by the weights, each flat, from the gradient of the loss by the logits."""
        self.accumulate(self.logits, gradient)
        for node in reversed(self.path):
            self.node_backward(node, self.gradients.pop(node.output[0]))
        return [self.graph.reshape(self.gradients[name], -1) for name in self.shapes]

    def node_backward(self, node: onnx.NodeProto, gradient: str) -> None:
        graph, source = self.graph, node.input[0]
        if node.op_type == "Conv":
            self.convolution_backward(node, gradient)
        elif node.op_type == "MaxPool":
            self.accumulate(source, self.pooling_backward(node, gradient))
        elif node.op_type == "Resize":
            self.accumulate(source, graph.add("Mul", graph.averaged(gradient), graph.constant(4.0)))
        elif node.op_type == "Relu":
            passes = graph.is_positive(self.values[node.output[0]])
            self.accumulate(source, graph.add("Mul", gradient, passes))
        else:  # Add
            for name in node.input:
                self.accumulate(name, gradient)

    def pooling_backward(self, node: onnx.NodeProto, gradient: str) -> str:
        """To the largest of each four; in equal shares where several are (torch.amax). Faster than MaxUnpool."""
        graph = self.graph
        source, pooled = self.values[node.input[0]], self.values[node.output[0]]
        is_largest = graph.add("Cast", graph.add("Equal", source, graph.doubled(pooled)), to=TensorProto.FLOAT)
        count = graph.add("Mul", graph.averaged(is_largest), graph.constant(4.0))
        return graph.add("Mul", graph.doubled(graph.add("Div", gradient, count)), is_largest)

    def convolution_backward(self, node: onnx.NodeProto, gradient: str) -> None:
        graph = self.graph
        source, weight, bias = node.input
        shape = self.shapes[weight]
        plain = graph.plain(gradient, shape[0])
        self.accumulate(bias, graph.sum(plain, 0, 2, 3))
        self.accumulate(weight, self.weight_gradient(self.values[source], plain, shape))
        if source != "image":
            self.accumulate(source, graph.convolved_back(gradient, self.values[weight], shape))

    def weight_gradient(self, image: str, gradient: str, shape: list[int]) -> str:
        """For each place of the kernel, the gradient times the image moved, in the way that is fastest for the shape."""
        outputs, inputs, side, _ = shape
        if side > 1 and inputs >= 96:
            return self.gradient_of_many(self.graph.channels_last(image, inputs), gradient, shape)
        image = self.graph.plain(image, inputs)
        if side == 1:
            return self.graph.summed_images(self.product(gradient, image, outputs, inputs))
        if inputs < 16:
            return self.gradient_of_few(image, gradient, shape)
        return self.gradient_of_some(image, gradient, shape)

    def gradient_of_few(self, image: str, gradient: str, shape: list[int]) -> str:
        """One product for all places: a few channels are too few for one of their own."""
        graph = self.graph
        outputs, inputs, side, _ = shape
        moves = range(side // 2, -(side // 2) - 1, -1)
        moved = [self.moved(image, down, right) for down in moves for right in moves]
        product = self.product(gradient, graph.add("Concat", *moved, axis=1), outputs, side * side * inputs)
        placed = graph.reshape(graph.summed_images(product), outputs, side, side, inputs)
        return graph.add("Transpose", placed, perm=[0, 3, 1, 2])

    def gradient_of_some(self, image: str, gradient: str, shape: list[int]) -> str:
        """A product for each column of places: of the gradient moved along y and the image moved along x."""
        graph = self.graph
        outputs, inputs, side, _ = shape
        # With `side` rows of zeros between them, each copy lies a row further in lines of h + side - 1 rows.
        apart = graph.add("Pad", gradient, graph.constant([0, 0, 0, 0, 0, 0, side, 0]))
        rows = graph.add("Concat", *[apart] * (side - 1), gradient, axis=2)
        half = side // 2
        columns = [self.moved(image, half, right, side - 1) for right in range(half, -half - 1, -1)]
        products = [self.product(rows, column, outputs * side, inputs) for column in columns]
        summed = graph.summed_images(graph.add("Concat", *products, axis=2))
        placed = graph.reshape(summed, outputs, side, side, inputs)
        return graph.add("Transpose", placed, perm=[0, 3, 1, 2])

    def gradient_of_many(self, last: str, gradient: str, shape: list[int]) -> str:
        """A product for each place, over all n at once, of an image with channels last: where there are few pixels."""
        graph = self.graph
        outputs, inputs, side, _ = shape
        half = side // 2
        by_output = graph.reshape(graph.add("Transpose", gradient, perm=[1, 0, 2, 3]), outputs, -1)
        padded = graph.add("Pad", last, graph.constant([0, half, half, 0, 0, half, half, 0]))
        windows = [
            last if dy == dx == half else self.window(padded, dy, dx, side) for dy in range(side) for dx in range(side)
        ]
        places = [graph.add("MatMul", by_output, graph.reshape(window, -1, inputs)) for window in windows]
        stacked = graph.reshape(graph.add("Concat", *places, axis=0), side * side, outputs * inputs)
        return graph.add("Transpose", stacked, perm=[1, 0])

    def product(self, first: str, second: str, rows: int, columns: int) -> str:
        """Of two tensors [n, rows, ...] and [n, columns, ...] the sums over all pixels [n, rows, columns]."""
        graph = self.graph
        by_pixel = graph.add("Transpose", graph.reshape(second, 0, columns, -1), perm=[0, 2, 1])
        return graph.add("MatMul", graph.reshape(first, 0, rows, -1), by_pixel)

    def moved(self, image: str, down: int, right: int, lines: int = 0) -> str:
        """An image moved by some pixels, zeros coming in, with some lines of zeros more at its end."""
        return self.graph.add("Pad", image, self.graph.constant([0, 0, down, right, 0, 0, lines - down, -right]))

    def window(self, padded: str, dy: int, dx: int, side: int) -> str:
        """The part of a padded image that a place of the kernel is multiplied with."""
        last = side - 1
        ends = [dy - last if dy < last else 2**31, dx - last if dx < last else 2**31]
        return self.graph.add("Slice", padded, *(self.graph.constant(list(pair)) for pair in ((dy, dx), ends, (1, 2))))


def entropy(graph: Graph, logit: str, target: str) -> tuple[str, str]:
    """The mean weighted binary cross entropy, and its gradient by the logits."""
    count = graph.size(logit)
    positive = graph.add("Sub", graph.add("Relu", logit), graph.add("Mul", logit, target))
    # The logarithm of a sigmoid: faster than Softplus.
    each = graph.add("Sub", positive, graph.add("Log", graph.add("Sigmoid", graph.add("Abs", logit))))
    loss = graph.add("Div", graph.sum(graph.add("Mul", each, "pixel_weight")), count)
    error = graph.add("Sub", graph.add("Sigmoid", logit), target)
    return loss, graph.add("Div", graph.add("Mul", error, "pixel_weight"), count)


def cellpose_loss(graph: Graph, logits: str) -> tuple[str, str]:
    """Half the weighted mean squared error of the flows, plus the entropy of the cell probability."""
    flows, logit = graph.add("Split", logits, graph.constant([2, 1]), outputs=2, axis=1)
    wanted, foreground = graph.add("Split", "target", graph.constant([2, 1]), outputs=2, axis=1)
    error = graph.add("Sub", flows, graph.add("Mul", wanted, graph.constant(FLOW_SCALE)))
    share = graph.add("Div", graph.add("Mul", error, "pixel_weight"), graph.size(flows))
    squared = graph.add("Mul", graph.sum(graph.add("Mul", error, share)), graph.constant(0.5))
    loss, by_logit = entropy(graph, logit, foreground)
    return graph.add("Add", squared, loss), graph.add("Concat", share, by_logit, axis=1)


def stardist_loss(graph: Graph, logits: str) -> tuple[str, str]:
    """The entropy of the object probability, plus the distances' absolute error weighted by it."""
    logit, rays = graph.add("Split", logits, graph.constant([1, RAYS]), outputs=2, axis=1)
    probability, distances = graph.add("Split", "target", graph.constant([1, RAYS]), outputs=2, axis=1)
    error = graph.add("Sub", graph.add("Mul", rays, graph.constant(DISTANCE_SCALE)), distances)
    inside = graph.add("Mul", probability, "pixel_weight")
    total = graph.add("Max", graph.sum(inside), graph.constant(1.0))
    share = graph.add("Mul", graph.add("Div", inside, total), graph.constant(DISTANCE_WEIGHT / RAYS))
    absolute = graph.sum(graph.add("Mul", graph.add("Abs", error), share))
    slope = graph.add("Mul", share, graph.constant(DISTANCE_SCALE))
    loss, by_logit = entropy(graph, logit, probability)
    by_rays = graph.add("Mul", graph.sign(error), slope)
    return graph.add("Add", absolute, loss), graph.add("Concat", by_logit, by_rays, axis=1)


def write(name: str, part: str, graph: Graph, logits: str, inputs: int, outputs: int, loss_of) -> None:
    """Write a network's graph as ``<name>-<part>.onnx``; ``logits`` is the tensor that the loss is of."""
    network = onnx.load(WEIGHTS / f"{name}.onnx").graph
    differentiation = Differentiation(network, logits, graph)
    loss, by_logits = loss_of(graph, differentiation.values[logits])
    gradients = differentiation.backward(by_logits)
    count = sum(int(np.prod(shape)) for shape in differentiation.shapes.values())
    graph.nodes.append(helper.make_node("Identity", [loss], ["loss"]))
    graph.nodes.append(helper.make_node("Concat", gradients, ["gradient"], axis=0))
    # Of the lengths of parts: 700,000 squares added to one float32 number would be off by some 1e-5 of it.
    lengths = graph.add("Concat", *[graph.add("ReduceL2", part) for part in gradients], axis=0)
    graph.nodes.append(helper.make_node("ReduceL2", [lengths], ["length"], keepdims=0))
    tensor = helper.make_tensor_value_info
    arguments = [
        tensor("weights", TensorProto.FLOAT, [count]),
        tensor("image", TensorProto.FLOAT, ["n", inputs, "h", "w"]),
        tensor("target", TensorProto.FLOAT, ["n", outputs, "oh", "ow"]),
        tensor("pixel_weight", TensorProto.FLOAT, ["n", 1, "oh", "ow"]),
    ]
    results = [
        tensor("loss", TensorProto.FLOAT, []),
        tensor("gradient", TensorProto.FLOAT, [count]),
        tensor("length", TensorProto.FLOAT, []),
    ]
    whole = helper.make_graph(graph.nodes, name, arguments, results, list(graph.constants.values()))
    domains = [helper.make_opsetid(domain, version) for domain, version in graph.domains.items()]
    model = helper.make_model(whole, opset_imports=domains, ir_version=8)
    onnx.checker.check_model(model)
    path = WEIGHTS / f"{name}-{part}.onnx"
    onnx.save(model, path)
    print(f"{path.name}: {path.stat().st_size} bytes, {count} weights")


if __name__ == "__main__":
    for part, make in ("gradient", Graph), ("gradient-blocked", BlockedGraph):
        write("cellpose", part, make(), "flows", 2, 3, cellpose_loss)
        write("stardist", part, make(), "/network/head/Conv_output_0", 1, 1 + RAYS, stardist_loss)
