"""Send tensors with the official Python client; prints a line of JSON for each: the output's shape and raw bytes.

Usage: infer.py HOST:PORT CASES, where CASES is JSON: [{ model, input, output, dtype, shape, elements }, …], with the
elements as hexadecimal text: all in one, or one for each byte string.
"""

import json
import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import np_to_triton_dtype

client = triton.InferenceServerClient(sys.argv[1])
for case in json.loads(sys.argv[2]):
    elements = case["elements"]
    if isinstance(elements, list):
        array = np.array([bytes.fromhex(element) for element in elements], dtype=object)
    else:
        array = np.frombuffer(bytes.fromhex(elements), dtype=case["dtype"])
    array = array.reshape(case["shape"])
    tensor = triton.InferInput(case["input"], array.shape, np_to_triton_dtype(array.dtype))
    tensor.set_data_from_numpy(array)
    outputs = [triton.InferRequestedOutput(case["output"])]
    answer = client.infer(case["model"], [tensor], outputs=outputs).as_numpy(case["output"])
    if answer.dtype == object:
        sent = [element.hex() for element in answer.ravel()]
    else:
        sent = answer.tobytes().hex()
    print(json.dumps({"dtype": str(answer.dtype), "shape": answer.shape, "elements": sent}))
