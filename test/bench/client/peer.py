"""Runs a model with a Python client; one line of JSON in, one out, until stdin ends.

Usage: peer.py CLIENT URL. A line is { model, input, output, path, size, memory? }: path is a file of float32 of shape
[3, size, size]. The answer is { ms, sum }, or with memory { growth } in bytes.
"""

import asyncio
import json
import re
import sys
import time

import numpy as np
import pyotritonclient
import tritonclient.http
import tritonclient.http.aio

name, url = sys.argv[1:]
address = url.split("//")[1]
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
images = {}


def pyo(**options):
    def infer(task, image):
        call = pyotritonclient.execute([image], server_url=url, model_name=task["model"], **options)
        return loop.run_until_complete(call)[task["output"]]

    return infer, lambda: None


def prepared(package, task, image):
    tensor = package.InferInput(task["input"], image.shape, "FP32")
    tensor.set_data_from_numpy(image)
    return [tensor], [package.InferRequestedOutput(task["output"])]


def sync():
    client = tritonclient.http.InferenceServerClient(address)

    def infer(task, image):
        inputs, outputs = prepared(tritonclient.http, task, image)
        return client.infer(task["model"], inputs, outputs=outputs).as_numpy(task["output"])

    return infer, client.close


def aio():
    async def connect():
        return tritonclient.http.aio.InferenceServerClient(address)

    client = loop.run_until_complete(connect())

    def infer(task, image):
        inputs, outputs = prepared(tritonclient.http.aio, task, image)
        # aiohttp asks for gzip by itself, and Triton then compresses.
        headers = {"Accept-Encoding": "identity"}
        call = client.infer(task["model"], inputs, outputs=outputs, headers=headers)
        return loop.run_until_complete(call).as_numpy(task["output"])

    return infer, client.close


def memory(field):
    with open("/proc/self/status") as status:
        return int(re.search(field + r":\s+(\d+) kB", status.read()).group(1)) * 1024


infer, close = {
    "pyotritonclient": lambda: pyo(),
    "pyotritonclient-none": lambda: pyo(compression_algorithm=None),
    # requests asks for gzip by itself too.
    "pyotritonclient-identity": lambda: pyo(
        compression_algorithm=None, headers={"Accept-Encoding": "identity"}
    ),
    "tritonclient": sync,
    "tritonclient-aio": aio,
}[name]()

for line in sys.stdin:
    task = json.loads(line)
    if task["path"] not in images:
        shape = (3, task["size"], task["size"])
        images[task["path"]] = np.fromfile(task["path"], dtype=np.float32).reshape(shape)
    image = images[task["path"]]
    if task.get("memory"):
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        before = memory("VmRSS")
        infer(task, image)
        answer = {"growth": memory("VmHWM") - before}
    else:
        started = time.perf_counter()
        output = infer(task, image)
        answer = {"ms": (time.perf_counter() - started) * 1000}
        answer["sum"] = float(output.sum(dtype=np.float64))
    print(json.dumps(answer), flush=True)

closing = close()
if closing is not None:
    loop.run_until_complete(closing)
