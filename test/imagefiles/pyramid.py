"""Write a slide of 50,000 x 50,000 pixels in tiles, with smaller versions, that takes no place on the disk.

All pixels are 0 but those of one tile of each level, which are (row + column) % 251; prints where those tiles begin.

Usage: python pyramid.py FILE
"""

import io
import json
import sys

import numpy as np
import tifffile


class SparseFile(io.FileIO):
    """A file in which long runs of zeros are holes."""

    def write(self, data) -> int:
        view = memoryview(data).cast("B")
        if len(view) < 2**16 or np.frombuffer(view, "uint8").any():
            return super().write(view)
        self.seek(len(view), io.SEEK_CUR)
        return len(view)


side, tile, count = 50_000, 512, 4
options = dict(dtype="uint8", tile=(tile, tile), photometric="minisblack", metadata=None)
shapes = [(side >> level, side >> level) for level in range(count)]
with SparseFile(sys.argv[1], "w+") as stored, tifffile.TiffWriter(stored, bigtiff=True) as file:
    file.write(None, shape=shapes[0], subifds=count - 1, resolution=(1e4 / 0.5, 1e4 / 0.5), resolutionunit="CENTIMETER", **options)
    for shape in shapes[1:]:
        file.write(None, shape=shape, subfiletype=1, **options)
rows, columns = np.indices((tile, tile))
places = []
with tifffile.TiffFile(sys.argv[1]) as file:
    levels = [file.pages[0], *file.pages[0].pages]
    for page in levels:
        across = -(-page.imagewidth // tile)
        row = column = across // 2
        places.append((page.dataoffsets[row * across + column], row * tile))
with open(sys.argv[1], "r+b") as file:
    for offset, _ in places:
        file.seek(offset)
        file.write(((rows + columns) % 251).astype("uint8").tobytes())
print(json.dumps([place for _, place in places]))
