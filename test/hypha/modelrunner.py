"""A stand-in for BioEngine's model-runner on a Hypha server, with models of numpy.

Requests are as there: infer gives an id at once and works in the background; get_infer_status tells how far it is;
cancel_request gives it up. Usage: modelrunner.py SERVER_URL; prints one line of JSON when it is ready.
"""

import asyncio
import json
import sys
import time
import uuid

import numpy as np
from hypha_rpc import connect_to_server

RAY_TRACEBACK = """Runtime call failed for request '{id}': \x1b[36mray::RuntimeDeployment.predict()\x1b[39m (pid=412, ip=10.0.0.7)
  File "/usr/lib/python3.11/concurrent/futures/_base.py", line 449, in result
    return self.__get_result()
           ^^^^^^^^^^^^^^^^^^^
  File "/app/model_inference.py", line 88, in predict
    raise ValueError(f"tensor has {axes} axes")
ValueError: tensor has 2 axes, the model takes bcyx"""


def label(mask):
    """Number the 4-connected objects in the order of their first pixels."""
    labels = np.zeros(mask.shape, "uint16")
    for start in zip(*np.nonzero(mask)):
        if labels[start]:
            continue
        number = labels.max() + 1
        pixels = [start]
        while pixels:
            y, x = pixels.pop()
            inside = 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]
            if inside and mask[y, x] and not labels[y, x]:
                labels[y, x] = number
                pixels += [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
    return labels


def threshold_and_label(image):
    mask = image > image.mean()
    return {"mask": label(mask), "area": np.asarray(mask.sum(), "int32"), "foreground": mask}


class ModelRunner:
    """One worker: it knows its own requests only."""

    def __init__(self, name, load):
        self.name = name
        self.load = load
        self.jobs = {}
        self.cancelled = []
        self.last_arguments = None

    def get_load(self):
        return self.load

    async def infer(
        self,
        model_id,
        inputs,
        weights_format=None,
        device=None,
        default_blocksize_parameter=None,
        sample_id="sample",
        skip_cache=False,
        return_download_url=False,
    ):
        self.last_arguments = {
            "weights_format": weights_format,
            "device": device,
            "default_blocksize_parameter": default_blocksize_parameter,
            "sample_id": sample_id,
            "skip_cache": skip_cache,
        }
        named = inputs if isinstance(inputs, dict) else {"input": inputs}
        if model_id == "at-once":
            return dict(named)
        if model_id == "at-once-error":
            raise ValueError("inputs must resolve to numpy arrays")
        if model_id == "never-answers":
            await asyncio.sleep(600)
        request_id = f"ij-{uuid.uuid4()}"
        stage = {"queue_position": 0, "started_at": None, "ended_at": None}
        job = {
            "state": "queued",
            "submitted_at": time.time(),
            "completed_at": None,
            "result": None,
            "stages": {"model_download": dict(stage), "running": dict(stage)},
        }
        self.jobs[request_id] = job
        job["task"] = asyncio.create_task(self.work(request_id, job, model_id, named, return_download_url))
        return request_id

    async def work(self, request_id, job, model_id, inputs, return_download_url):
        try:
            for stage in job["stages"]:
                job["state"] = stage
                job["stages"][stage]["started_at"] = time.time()
                await asyncio.sleep(0.05)
                job["stages"][stage]["ended_at"] = time.time()
            result = await self.predict(request_id, model_id, inputs)
            if return_download_url:
                result = {name: f"https://files.example/{name}.npy" for name in result}
            job.update(state="completed", result=result)
        except asyncio.CancelledError:
            self.cancelled.append(request_id)
            job.update(state="cancelled", result=None)
        except Exception as error:
            job.update(state="failed", result={"error": str(error)})
        job["completed_at"] = time.time()

    async def predict(self, request_id, model_id, inputs):
        if model_id == "identity":
            return inputs
        if model_id == "threshold-and-label":
            return threshold_and_label(inputs["input"])
        if model_id == "weighted-sum":
            return {"sum": inputs["a"] + 2 * inputs["b"]}
        if model_id == "describe":
            values = {name: np.asarray(value).shape for name, value in inputs.items()}
            text = {name: value for name, value in inputs.items() if isinstance(value, str)}
            return {"shapes": {name: list(shape) for name, shape in values.items()}, "text": text}
        if model_id == "slow":
            await asyncio.sleep(600)
        if model_id == "broken":
            raise RuntimeError(RAY_TRACEBACK.format(id=request_id, axes=2))
        if model_id == "cancels-itself":
            raise asyncio.CancelledError
        raise FileNotFoundError(f"Model '{model_id}' not found in the collection bioimage-io/bioimage.io")

    def get_infer_status(self, request_id):
        if request_id not in self.jobs:
            raise KeyError(f"Unknown request_id {request_id!r}")
        return {key: value for key, value in self.jobs[request_id].items() if key != "task"}

    def cancel_request(self, request_id):
        self.jobs[request_id]["task"].cancel()
        return {"cancelled": True}

    def report(self):
        """For the tests: what it was asked, and what it gave up."""
        return {
            "name": self.name,
            "requests": list(self.jobs),
            "cancelled": self.cancelled,
            "arguments": self.last_arguments,
        }

    def service(self, name, visibility):
        functions = ["infer", "get_infer_status", "cancel_request", "get_load", "report"]
        config = {"visibility": visibility}
        return {"id": name, "name": name, "config": config, **{key: getattr(self, key) for key in functions}}


async def main(server_url):
    server = await connect_to_server({"server_url": server_url})
    workspace = server.config.workspace
    token = await server.generate_token()
    workers = {}
    for name, load in (("busy", 3), ("idle", 1), ("middling", 2)):
        connection = await connect_to_server(
            {"server_url": server_url, "workspace": workspace, "token": token, "client_id": name}
        )
        workers[name] = connection
        await connection.register_service(ModelRunner(name, load).service("model-runner", "public"))
    await server.register_service(ModelRunner("private", 0).service("private-runner", "protected"))
    await server.register_service(
        {"id": "no-runner", "name": "no-runner", "config": {"visibility": "public"}, "offer": lambda: None}
    )
    print(json.dumps({"workspace": workspace, "token": token}), flush=True)
    await server.serve()


asyncio.run(main(sys.argv[1]))
