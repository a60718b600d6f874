"""Train with pyotritonclient, as its README does; prints a line of JSON for each answer.

Usage: pyotrain.py URL FOLDER, where the trained network is saved
"""

import asyncio
import json
import sys
from pathlib import Path

import numpy as np
from pyotritonclient import SequenceExcutor, execute

url, folder = sys.argv[1:]


def discs(radius, side=96):
    """Nine bright discs with nuclei: image [side, side, 3] float32, labels [side, side, 1] uint16."""
    y, x = np.mgrid[:side, :side]
    far = np.hypot(y % 32 - 16, x % 32 - 16)
    noise = np.random.default_rng(radius).random((side, side, 3))
    cytoplasm = np.where(far < radius, 40 - far, 5)
    nuclei = np.where(far < radius / 3, 30, 2)
    image = np.stack([cytoplasm, nuclei, np.zeros_like(far)], axis=2) + noise
    labels = np.where(far < radius, 1 + y // 32 * 3 + x // 32, 0)
    return image.astype("float32"), labels[..., None].astype("uint16")


samples = [discs(radius) for radius in (9, 11, 7)]
parameters = {
    "steps": 2,
    "resume": True,
    "model_token": None,
    "pretrained_model": "cyto",
    "channels": [1, 2],
    "diam_mean": 30,
}


def report(result):
    info = result["info"][0]
    print(json.dumps({key: info[key] for key in ("iterations", "images", "model_files")}))


async def main():
    training = {"server_url": url, "model_name": "cellpose-train", "decode_json": True}
    seq = SequenceExcutor(sequence_id=102, **training)
    for image, labels in samples:
        report(await seq.step([image, labels, dict(parameters)], select_outputs=["info"]))
    # Without arguments: the last sample is sent again.
    result = await seq.end(decode_json=False, select_outputs=["model", "info"])
    info = json.loads(result["info"][0].decode())
    report({"info": [info]})
    (Path(folder) / info["model_files"][0]).write_bytes(result["model"][0])

    # The form of a call: it ends with the last sample, which has not been sent before.
    whole = SequenceExcutor(sequence_id=103, **training)
    batch = [[image, labels, dict(parameters)] for image, labels in samples]
    for result in await whole(batch, select_outputs=["info"]):
        report(result)

    image, _ = samples[0]
    predict = {"server_url": url, "model_name": "cellpose-predict", "decode_json": True}
    by_parameter = await execute([image, {"model_id": "102"}], **predict)
    by_sequence = await execute(
        [image, {"diameter": 18}], sequence_id=102, sequence_start=True, sequence_end=True, **predict
    )
    by_executor = await SequenceExcutor(sequence_id=102, **predict).step([image, {"diameter": 18}])
    for result in (by_parameter, by_sequence, by_executor):
        mask = result["mask"]
        print(json.dumps([str(mask.dtype), list(mask.shape), result["info"][0]["count"]]))


asyncio.run(main())
