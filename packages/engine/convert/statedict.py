"""Weights that PyTorch saved, read without PyTorch."""

import collections
import pathlib
import pickle
import zipfile

import numpy as np

DTYPES = {
    **{"FloatStorage": np.float32, "DoubleStorage": np.float64, "HalfStorage": np.float16},
    **{"LongStorage": np.int64, "IntStorage": np.int32, "ShortStorage": np.int16, "CharStorage": np.int8},
    **{"ByteStorage": np.uint8, "BoolStorage": np.bool_},
}


def tensor(storage: np.ndarray, offset: int, shape: tuple, strides: tuple, *_) -> np.ndarray:
    bytes_apart = [stride * storage.itemsize for stride in strides]
    return np.lib.stride_tricks.as_strided(storage[offset:], shape, bytes_apart, writeable=False).copy()


class Unpickler(pickle.Unpickler):
    """Makes arrays and dictionaries, and nothing else: a file of weights can't run code."""

    def __init__(self, archive: zipfile.ZipFile, index: str) -> None:
        super().__init__(archive.open(index))
        self.archive, self.folder = archive, index.removesuffix("data.pkl")

    def find_class(self, module: str, name: str) -> object:
        if module == "torch" and name in DTYPES:
            return DTYPES[name]
        known = {
            ("collections", "OrderedDict"): collections.OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): tensor,
            ("torch._utils", "_rebuild_parameter"): lambda data, *_: data,
        }
        if (module, name) not in known:
            raise ValueError(f"Cannot convert: the file must hold weights alone, got {module}.{name}")
        return known[module, name]

    def persistent_load(self, identity: tuple) -> np.ndarray:
        _, dtype, key, _, count = identity
        return np.frombuffer(self.archive.read(f"{self.folder}data/{key}"), dtype, count)


def read_state_dict(path: pathlib.Path) -> dict[str, np.ndarray]:
    """The arrays of a state dict; one saved before PyTorch 1.6 needs PyTorch itself."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            index = next((name for name in archive.namelist() if name.endswith("data.pkl")), None)
            if index is None:
                raise ValueError(f"Cannot convert: {path} must be weights that PyTorch saved, got another zip file")
            return dict(Unpickler(archive, index).load())
    try:
        import torch
    except ImportError as error:
        message = f"Cannot convert: {path} must be in PyTorch's zip format, got another; install torch to read it"
        raise ValueError(message) from error
    return {key: value.numpy() for key, value in torch.load(path, map_location="cpu", weights_only=True).items()}
