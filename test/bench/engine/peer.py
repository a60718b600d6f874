"""cellpose's and StarDist's post-processing and ONNX Runtime in Python, one thread each, asked by lines of JSON."""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import onnxruntime
import torch
from cellpose import dynamics
from stardist.geometry import polygons_to_label
from stardist.nms import non_maximum_suppression

torch.set_num_threads(1)
# Otherwise it asks to be told, once.
torch.sparse.check_sparse_tensor_invariants.disable()
arrays: dict = {}
sessions: dict = {}


def array(path: str, shape: list) -> np.ndarray:
    if path not in arrays:
        arrays[path] = np.fromfile(path, "float32").reshape(shape)
    return arrays[path]


def masks_of(flows: np.ndarray, probability: np.ndarray) -> np.ndarray:
    return dynamics.compute_masks(
        flows, probability, niter=200, flow_threshold=0.4, cellprob_threshold=0.0, min_size=15
    )


def labels_of(probability: np.ndarray, distances: np.ndarray) -> np.ndarray:
    points, scores, reach = non_maximum_suppression(
        distances, probability, grid=(2, 2), prob_thresh=0.5, nms_thresh=0.4, b=0
    )
    shape = tuple(2 * length for length in probability.shape)
    return polygons_to_label(reach, points, shape=shape, prob=scores)


def session_of(path: str) -> onnxruntime.InferenceSession:
    if path not in sessions:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        sessions[path] = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return sessions[path]


for line in sys.stdin:
    task = json.loads(line)
    inputs = [array(path, shape) for path, shape in task["inputs"]]
    if task["work"] == "network":
        session = session_of(task["model"])
        work = lambda image: session.run(None, {session.get_inputs()[0].name: image})
    else:
        work = {"flows": masks_of, "stars": labels_of}[task["work"]]
    started = time.perf_counter()
    result = work(*inputs)
    took = (time.perf_counter() - started) * 1000
    if "output" in task:
        result.astype("int32").tofile(task["output"])
    print(json.dumps({"ms": took}), flush=True)
