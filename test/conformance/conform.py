"""Ask a server all sorts of things with the official Python clients; prints a line of JSON for each: what was asked, and
what came of it. The models are the recorded ones, see packages/triton/test/fixtures/record.py.

Usage: conform.py HOST:PORT
"""

import asyncio
import json
import sys
import zlib

import numpy as np
import tritonclient.http as triton
import tritonclient.http.aio as aio
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

address = sys.argv[1]
client = triton.InferenceServerClient(address, concurrency=32)


def report(asked, answer):
    print(json.dumps({"asked": asked, "answer": answer}))


def bits(array):
    """An array, so that it is compared bit for bit."""
    if array is None:
        return None
    if array.dtype == object:
        elements = [element if isinstance(element, str) else element.hex() for element in array.ravel()]
    else:
        elements = array.tobytes().hex()
        elements = elements if len(elements) < 200 else zlib.crc32(array.tobytes())
    return {"dtype": str(array.dtype), "shape": list(array.shape), "elements": elements}


def attempt(asked, call):
    try:
        report(asked, call())
    except InferenceServerException as error:
        report(asked, {"status": error.status(), "message": error.message()})


def tensor(name, array, binary=True, datatype=None, package=triton):
    made = package.InferInput(name, list(array.shape), datatype or np_to_triton_dtype(array.dtype))
    made.set_data_from_numpy(array, binary_data=binary)
    return made


def infer(model, inputs, outputs=None, binary=True, **options):
    wanted = outputs and [triton.InferRequestedOutput(name, binary_data=binary) for name in outputs]
    result = client.infer(model, inputs, outputs=wanted, **options)
    response = result.get_response()
    arrays = {output["name"]: bits(result.as_numpy(output["name"])) for output in response["outputs"]}
    facts = {key: value for key, value in response.items() if key != "outputs"}
    return {"facts": facts, "arrays": arrays}


numbers = {
    "bool": np.array([[True, False, True]]),
    "uint8": np.array([[0, 128, 255]], np.uint8),
    "uint16": np.array([[0, 2**15, 2**16 - 1]], np.uint16),
    "uint32": np.array([[0, 2**31, 2**32 - 1]], np.uint32),
    "uint64": np.array([[0, 2**53 + 1, 2**64 - 1]], np.uint64),
    "int8": np.array([[-128, -1, 127]], np.int8),
    "int16": np.array([[-(2**15), -1, 2**15 - 1]], np.int16),
    "int32": np.array([[-(2**31), -1, 2**31 - 1]], np.int32),
    "int64": np.array([[-(2**63), 2**53 + 1, 2**63 - 1]], np.int64),
    "fp16": np.array([[0.1, -0.0, 65504]], np.float16),
    "fp32": np.array([[0.1, -0.0, 3.4e38, 1e-45]], np.float32),
    "fp64": np.array([[0.1, -0.0, 1.7e308, 5e-324]], np.float64),
}

for name, array in numbers.items():
    for sent in (True, False):
        for wanted in (True, False):
            if name == "fp16" and not sent:
                continue
            attempt(
                ["numbers", name, "binary" if sent else "JSON", "binary" if wanted else "JSON"],
                lambda: infer("id-" + name, [tensor("x", array, sent)], ["y"], wanted),
            )
    attempt(["no elements", name], lambda: infer("id-" + name, [tensor("x", array[:0])], ["y"]))

for name, elements in {
    "text": ["a", "é", "", '"\\/\n'],
    "bytes": [b"\x00\xff", b"", b"\x80"],
    "long": ["x" * 100_000],
    "none": [],
}.items():
    array = np.array(elements, dtype=object)
    for sent in (True, False):
        if sent or name in ("text", "long"):
            attempt(
                ["byte strings", name, sent],
                lambda: infer("identity-bytes", [tensor("s", array, sent, "BYTES")], ["o"]),
            )

large = (np.arange(20_000, dtype=np.float32) / 7).reshape(200, 100)
for request in (None, "gzip", "deflate"):
    for response in (None, "gzip", "deflate"):
        for binary in (True, False):
            attempt(
                ["compression", request, response, binary],
                lambda: infer(
                    "id-fp32",
                    [tensor("x", large, binary)],
                    ["y"],
                    binary,
                    request_compression_algorithm=request,
                    response_compression_algorithm=response,
                ),
            )

image = (np.arange(35).reshape(5, 7) % 3 > 0).astype(np.uint16)
param = np.array([json.dumps({"level": 1})], dtype=object)
segmented = [tensor("image", image), tensor("param", param)]
attempt("id", lambda: infer("stardist", segmented, ["mask", "info"], request_id="r 1"))
attempt("all outputs", lambda: infer("stardist", segmented))
attempt("one output", lambda: infer("stardist", segmented, ["info"]))
attempt("other order", lambda: infer("stardist", segmented[::-1], ["info", "mask"]))
attempt("version", lambda: infer("stardist", segmented, ["mask"], model_version="1"))
optional = [tensor("image", image[None].astype(np.float32))]
attempt("optional input", lambda: infer("cellpose-python", optional, ["mask", "info"]))
attempt("parameters", lambda: infer("stardist", segmented, ["mask"], parameters={"a": 1, "b": "c"}, priority=1, timeout=9))

wrong = np.zeros((2, 2), np.float32)
cases = {
    "unknown model": lambda: infer("nothing", segmented),
    "unknown version": lambda: infer("stardist", segmented, model_version="7"),
    "wrong datatype": lambda: infer("stardist", [tensor("image", wrong), segmented[1]]),
    "wrong rank": lambda: infer("stardist", [tensor("image", image[0]), segmented[1]]),
    "wrong length": lambda: infer("stardist", [segmented[0], tensor("param", np.array(["{}", "{}"], dtype=object))]),
    "missing input": lambda: infer("stardist", segmented[:1]),
    "no input": lambda: infer("stardist", []),
    "unknown input": lambda: infer("id-fp32", [tensor("image", wrong)]),
    "further input": lambda: infer("id-fp32", [tensor("x", wrong), tensor("z", wrong)]),
    "input twice": lambda: infer("id-fp32", [tensor("x", wrong), tensor("x", wrong)]),
    "unknown output": lambda: infer("stardist", segmented, ["masks"]),
    "model refuses": lambda: infer(
        "stardist", [segmented[0], tensor("param", np.array(['{"fail": "on purpose"}'], dtype=object))]
    ),
    "wrong id": lambda: infer("id-fp32", [tensor("z", wrong)], request_id="r1"),
    "reserved parameter": lambda: infer("id-fp32", [tensor("x", wrong)], parameters={"triton_x": 1}),
    "load": lambda: client.load_model("stardist"),
    "unload": lambda: client.unload_model("stardist"),
    "metadata of nothing": lambda: client.get_model_metadata("nothing"),
    "configuration of nothing": lambda: client.get_model_config("nothing"),
    "statistics of nothing": lambda: client.get_inference_statistics("nothing"),
}
for name, call in cases.items():
    attempt(name, call)

report("live", client.is_server_live())
report("ready", client.is_server_ready())
for model, version in [("stardist", ""), ("stardist", "1"), ("stardist", "2"), ("nothing", "")]:
    report(["model ready", model, version], client.is_model_ready(model, version))
report("metadata", {**client.get_model_metadata("stardist"), "platform": ""})
config = client.get_model_config("cellpose-python")
report("configuration", [sorted(config), config["input"], config["output"], config["max_batch_size"]])
report("models", sorted(model["name"] for model in client.get_model_repository_index() if "state" in model))
[statistics] = client.get_inference_statistics("cellpose-python")["model_stats"]
counts = {key: value["count"] for key, value in statistics["inference_stats"].items()}
report("statistics", [sorted(statistics), statistics["inference_count"], statistics["execution_count"], counts])


def step(sequence, value, **options):
    """A sample of a sequence of the model that sums them, see TRAIN in record.py."""
    image = np.full((1, 1, 1), value, np.float32)
    param = np.array(['{"steps": 2}'], dtype=object)
    inputs = [tensor("image", image), tensor("labels", image), tensor("param", param)]
    attempt(["step", sequence, value, *options], lambda: infer("cellpose-train", inputs, sequence_id=sequence, **options))


step(41, 1, sequence_start=True)
step(41, 2)
step(41, 3, sequence_end=True)
step(41, 4)
step(42, 10, sequence_start=True)
step(42, 30, sequence_start=True)
step(42, 40, sequence_end=True)
step(43, 5, sequence_start=True, sequence_end=True)
step(44, 6)
step(0, 7)
step(2**53, 8, sequence_start=True, sequence_end=True)

calls = [client.async_infer("id-fp32", [tensor("x", large + index)]) for index in range(32)]
report("32 at once", [bits(call.get_result().as_numpy("y")) for call in calls])


async def many():
    async with aio.InferenceServerClient(address) as server:

        async def one(index):
            inputs = [tensor("x", large + index, index % 2 == 0, package=aio)]
            compression = [None, "gzip", "deflate"][index % 3]
            result = await server.infer(
                "id-fp32",
                inputs,
                request_id=str(index),
                request_compression_algorithm=compression,
                response_compression_algorithm=compression,
            )
            return [result.get_response()["id"], bits(result.as_numpy("y"))]

        return await asyncio.gather(*[one(index) for index in range(32)])


report("32 with asyncio", asyncio.run(many()))
