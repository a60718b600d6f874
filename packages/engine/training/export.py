"""Export the trained networks as the float32 ONNX files that the engine runs.

Usage: python export.py   (after train.py; writes ../weights/cellpose.onnx and ../weights/stardist.onnx)
"""

import pathlib
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from network import DISTANCE_SCALE, RAYS, UNet, cellpose_network, folded, stardist_network
from torch import nn

FOLDER = pathlib.Path(__file__).parent
WEIGHTS = FOLDER.parent / "weights"


class StarDist(nn.Module):
    """The network with the outputs that post-processing wants, both at half resolution.

    Probability [n, 1, h/2, w/2], 0 to 1, and distances [n, 32, h/2, w/2] in input pixels, ray k at the angle
    2 pi k / 32 with (dy, dx) = (sin, cos).
    """

    def __init__(self, network: nn.Module):
        super().__init__()
        self.network = network

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        output = self.network(image)
        return torch.sigmoid(output[:, :1]), (output[:, 1 : 1 + RAYS] * DISTANCE_SCALE).clamp(min=1e-3)


def export(name: str, network: nn.Module, channels: int, outputs: list[str]) -> None:
    """Write one file, and check it against PyTorch at two sizes (within 1e-4: only the order of sums differs)."""
    path = WEIGHTS / f"{name}.onnx"
    axes = {"image": {0: "n", 2: "h", 3: "w"}}
    axes |= {output: {0: "n", 2: f"{output}_h", 3: f"{output}_w"} for output in outputs}
    torch.onnx.export(
        network,
        (torch.randn(1, channels, 64, 64),),
        path,
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=outputs,
        dynamic_axes=axes,
    )
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model)
    onnx.save(model, path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    for shape in ((1, channels, 64, 96), (2, channels, 128, 16)):
        image = torch.randn(shape)
        with torch.no_grad():
            expected = network(image)
        expected = [expected] if isinstance(expected, torch.Tensor) else expected
        for found, wanted in zip(session.run(outputs, {"image": image.numpy()}), expected):
            np.testing.assert_allclose(found, wanted.numpy(), rtol=1e-4, atol=1e-4)
    print(f"{path.name}: {path.stat().st_size} bytes, agrees with PyTorch")


def trained(name: str, network: UNet) -> UNet:
    """The checkpoint's averaged weights, folded for inference."""
    network.load_state_dict(torch.load(FOLDER / "checkpoints" / f"{name}.pt"))
    return folded(network).eval()


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    WEIGHTS.mkdir(exist_ok=True)
    export("cellpose", trained("cellpose", cellpose_network()), 2, ["flows"])
    export("stardist", StarDist(trained("stardist", stardist_network())).eval(), 1, ["probability", "distances"])
