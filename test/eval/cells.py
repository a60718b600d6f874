"""Run cells in the real kernel, each list of cells in a kernel and a folder of its own, two kernels at once.

Reads {"runs": [{"id", "folder", "cells", "files", "timeoutS"}]} on stdin, and writes a JSON line for each run as it ends:
{"id", "outputs": [outputs of each cell], "files": {path: what is in it}}.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

import imageio.v3
import nbformat
import tifffile
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def contents(path):
    """What is in a file, read without the product: an image as numbers, text, or true for all else."""
    if path.suffix in (".tif", ".png"):
        image = tifffile.imread(path) if path.suffix == ".tif" else imageio.v3.imread(path)
        values = {"shape": list(image.shape), "dtype": str(image.dtype), "data": image.ravel().tolist()}
        return {"kind": "array", **values}
    return path.read_text() if path.suffix in (".csv", ".json") else True


async def run(job, answers):
    folder = Path(job["folder"])
    cells = [nbformat.v4.new_code_cell(source) for source in job["cells"]]
    kernel = {"kernelspec": {"name": "bioengine", "display_name": "", "language": "typescript"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    client = NotebookClient(
        notebook,
        kernel_name="bioengine",
        timeout=job["timeoutS"],
        resources={"metadata": {"path": str(folder)}},
    )
    environment = {**os.environ, "BIOENGINE_HOME": str(folder / "home")}
    async with client.async_setup_kernel(env=environment):
        for index, cell in enumerate(cells):
            try:
                await client.async_execute_cell(cell, index)
            except CellExecutionError:
                pass
            except (CellTimeoutError, DeadKernelError) as error:
                name = type(error).__name__
                cell.outputs.append({"output_type": "error", "ename": name, "evalue": str(error), "traceback": []})
                break
    found = {file: folder / file for file in job["files"] if (folder / file).exists()}
    files = {file: contents(path) for file, path in found.items()}
    outputs = [cell.outputs for cell in cells]
    print(json.dumps({"id": job["id"], "outputs": outputs, "files": files}), file=answers, flush=True)


async def main(answers):
    jobs = json.load(sys.stdin)["runs"]

    async def work():
        while jobs:
            await run(jobs.pop(0), answers)

    await asyncio.gather(work(), work())


# What a kernel prints past its notebook must not come between the lines.
with os.fdopen(os.dup(1), "w") as answers:
    os.dup2(2, 1)
    asyncio.run(main(answers))
