"""The U-Net that both models share."""

import copy

import torch
import torch.nn.functional as functional
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

WIDTHS = (16, 32, 64, 96, 128)
RAYS = 32
FLOW_SCALE = 5.0  # flows are learnt times five, as in cellpose
DISTANCE_SCALE = 10.0  # ray distances are learnt in units of ten pixels


class Block(nn.Sequential):
    """Convolution, batch normalisation, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3):
        convolution = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False)
        super().__init__(convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class UNet(nn.Module):
    """U-Net (Ronneberger et al. 2015) whose skips are added, not concatenated: [n, c, h, w] -> [n, outputs, h', w'].

    ``half`` leaves out the finest decoder level, so that the output has half the resolution (StarDist's grid 2).
    h and w must be multiples of 16.
    """

    def __init__(self, inputs: int, outputs: int, half: bool):
        super().__init__()
        levels = list(zip((inputs, *WIDTHS), WIDTHS))
        self.down = nn.ModuleList(nn.Sequential(Block(a, b), Block(b, b)) for a, b in levels)
        self.skipped = 1 if half else 0
        up = list(zip(WIDTHS[1:], WIDTHS))[self.skipped :]
        self.narrow = nn.ModuleList(Block(a, b, 1) for a, b in up)
        self.up = nn.ModuleList(nn.Sequential(Block(b, b), Block(b, b)) for _, b in up)
        self.features = Block(WIDTHS[1], 64) if half else nn.Identity()
        self.head = nn.Conv2d(64 if half else WIDTHS[0], outputs, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = []
        for level, block in enumerate(self.down):
            x = block(x if level == 0 else functional.max_pool2d(x, 2))
            skips.append(x)
        for level in reversed(range(len(self.up))):
            x = functional.interpolate(self.narrow[level](x), scale_factor=2.0, mode="nearest")
            x = self.up[level](x + skips[level + self.skipped])
        return self.head(self.features(x))


def cellpose_network() -> UNet:
    """Two channels in (cytoplasm, nucleus), three out (5 * flow y, 5 * flow x, cell probability logit)."""
    return UNet(2, 3, half=False)


def stardist_network() -> UNet:
    """One channel in, 1 + 32 out at half resolution (object probability logit, ray distances / 10 px)."""
    network = UNet(1, 1 + RAYS, half=True)
    with torch.no_grad():
        network.head.bias[0] = -1.5
        network.head.bias[1:] = 1.0
    return network


def folded(network: UNet) -> UNet:
    """A copy for inference, with every batch normalisation folded into its convolution (exact)."""
    network = copy.deepcopy(network).eval()
    for module in network.modules():
        if isinstance(module, Block):
            module[0], module[1] = fuse_conv_bn_eval(module[0], module[1]), nn.Identity()
    return network
