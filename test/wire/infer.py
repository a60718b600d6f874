"""Segment an image with the official Python client; prints a JSON line per model.

Usage: infer.py HOST:PORT IMAGE.tif
"""

import json
import sys

import numpy as np
import tifffile
import tritonclient.http as triton

address, path = sys.argv[1:]
image = tifffile.imread(path)
client = triton.InferenceServerClient(address)
assert client.is_server_live() and client.is_server_ready()
models = [model["name"] for model in client.get_model_repository_index()]


def infer(name: str, array: np.ndarray, parameters: dict, binary: bool) -> dict:
    assert client.is_model_ready(name)
    config = client.get_model_config(name)
    dtype = config["input"][0]["data_type"].removeprefix("TYPE_")
    inputs = [triton.InferInput("image", array.shape, dtype), triton.InferInput("param", [1], "BYTES")]
    inputs[0].set_data_from_numpy(array, binary_data=binary)
    inputs[1].set_data_from_numpy(np.array([json.dumps(parameters)], dtype=object), binary_data=binary)
    outputs = [triton.InferRequestedOutput("mask", binary_data=binary)]
    result = client.infer(name, inputs, outputs=outputs, request_id="tritonclient")
    mask = result.as_numpy("mask")
    return {
        "model": name,
        "binary": binary,
        "dtype": str(mask.dtype),
        "shape": list(mask.shape),
        "objects": int(mask.max()),
        "foreground": int((mask > 0).sum()),
        "id": result.get_response()["id"],
    }


print(json.dumps({"models": models, "server": client.get_server_metadata()["name"]}))
crop = image[:160, :160]
for binary in (True, False):
    print(json.dumps(infer("stardist", np.ascontiguousarray(crop), {}, binary)))
    print(json.dumps(infer("cellpose-python", crop[None].astype("float32"), {"diameter": 24}, binary)))
try:
    infer("stardist", crop, {"prob_tresh": 0.5}, True)
except triton.InferenceServerException as error:
    print(json.dumps({"status": error.status(), "message": error.message()}))
