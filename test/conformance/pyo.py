"""Segment an image with pyotritonclient; prints a line of JSON for each call.

Usage: pyo.py URL IMAGE, a file of uint16 of shape [160, 160]
"""

import asyncio
import json
import sys
import zlib

import numpy as np
from pyotritonclient import execute, get_config

url, path = sys.argv[1:]
image = np.fromfile(path, np.uint16).reshape(160, 160)
calls = {
    "stardist": [image, {}],
    "cellpose-python": [image[None].astype(np.float32), {"diameter": 24}],
}


async def segment(model, **options):
    results = await execute(
        list(calls[model]), server_url=url, model_name=model, decode_json=True, **options
    )
    mask = results["mask"]
    return {
        "shape": list(mask.shape),
        "dtype": str(mask.dtype),
        "mask": zlib.crc32(mask.tobytes()),
        "count": results["info"][0]["count"],
    }


async def main():
    for model in calls:
        config = await get_config(url, model)
        print(json.dumps([entry["name"] for entry in config["input"] + config["output"]]))
        for compression in ("gzip", "deflate", None):
            print(json.dumps(await segment(model, compression_algorithm=compression)))
    at_once = await asyncio.gather(*[segment("stardist") for _ in range(8)])
    print(json.dumps(at_once))
    try:
        await execute([image, {"prob_tresh": 1}], server_url=url, model_name="stardist")
    except Exception as error:
        print(json.dumps(str(error)))


asyncio.run(main())
