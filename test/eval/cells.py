"""Run cells in the real kernel, each list of cells in a kernel and a folder of its own, two kernels at once.

Reads {"runs": [{"id", "folder", "cells", "files", "timeoutS"}]} on stdin, and writes a JSON line for each run as it ends:
{"id", "outputs": [outputs of each cell], "files": {path: what is in it}}.
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import imageio.v3
import tifffile
from jupyter_client.manager import start_new_kernel


def contents(path):
    """What is in a file, read without the product: an image as numbers, text, or true for all else."""
    if path.suffix in (".tif", ".png"):
        image = tifffile.imread(path) if path.suffix == ".tif" else imageio.v3.imread(path)
        values = {"shape": list(image.shape), "dtype": str(image.dtype), "data": image.ravel().tolist()}
        return {"kind": "array", **values}
    return path.read_text() if path.suffix in (".csv", ".json") else True


def execute(manager, client, code, seconds):
    """Run a cell to its end, that of its kernel, or that of its time; gives its outputs."""
    outputs = []
    request = client.execute(code)
    end = time.monotonic() + seconds
    while True:
        gone = "TimeoutError" if time.monotonic() > end else None if manager.is_alive() else "DeadKernelError"
        if gone is not None:
            return [*outputs, {"output_type": "error", "ename": gone, "evalue": "", "traceback": []}]
        try:
            message = client.get_iopub_msg(timeout=0.5)
        except Empty:
            continue
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
            outputs.append({"output_type": message["msg_type"], **content})
        elif content.get("execution_state") == "idle":
            return outputs


def run(job):
    folder = Path(job["folder"])
    environment = {**os.environ, "BIOENGINE_HOME": str(folder / "home")}
    manager, client = start_new_kernel(kernel_name="bioengine", cwd=str(folder), env=environment)
    outputs = []
    try:
        for code in job["cells"]:
            outputs.append(execute(manager, client, code, job["timeoutS"]))
            if any(output.get("ename") in ("TimeoutError", "DeadKernelError") for output in outputs[-1]):
                break
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    found = {file: folder / file for file in job["files"] if (folder / file).exists()}
    return {"id": job["id"], "outputs": outputs, "files": {file: contents(path) for file, path in found.items()}}


# What a kernel prints past its notebook must not come between the lines.
with os.fdopen(os.dup(1), "w") as answers, ThreadPoolExecutor(2) as pool:
    os.dup2(2, 1)
    for answer in pool.map(run, json.load(sys.stdin)["runs"]):
        print(json.dumps(answer), file=answers, flush=True)
