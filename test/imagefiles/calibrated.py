"""Write a stack of nuclei with axes and pixel sizes, in all formats that know them.

Usage: python calibrated.py IMAGE FOLDER
"""

import pathlib
import sys

import nibabel
import numpy as np
import tifffile
import zarr
from ome_zarr.format import FormatV04, FormatV05
from ome_zarr.writer import write_image

image, folder = tifffile.imread(sys.argv[1])[:256, :256], pathlib.Path(sys.argv[2])
stack = np.stack([image, image[::-1]])
z, y, x = 2, 0.5, 0.25

tifffile.imwrite(
    folder / "stack.ome.tif",
    stack,
    photometric="minisblack",
    metadata={
        "axes": "ZYX",
        **{f"PhysicalSize{axis}": size for axis, size in zip("ZYX", (z, y, x))},
        **{f"PhysicalSize{axis}Unit": "µm" for axis in "ZYX"},
    },
)
tifffile.imwrite(
    folder / "stack.tif",
    stack,
    imagej=True,
    resolution=(1 / x, 1 / y),
    metadata={"axes": "ZYX", "spacing": z, "unit": "um"},
)
for name, form in (("v04.zarr", FormatV04()), ("v05.zarr", FormatV05())):
    group = zarr.open_group(str(folder / name), mode="w", zarr_format=form.zarr_format)
    write_image(
        stack,
        group,
        scale_factors=[2],
        fmt=form,
        axes="zyx",
        scale={"z": z, "y": y, "x": x},
        axes_units=dict.fromkeys("zyx", "micrometer"),
    )
made = nibabel.Nifti1Image(np.ascontiguousarray(stack.T), np.diag([x, y, z, 1]))
made.header.set_xyzt_units("micron")
nibabel.save(made, folder / "stack.nii.gz")
