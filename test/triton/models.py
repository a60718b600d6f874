"""Write a model repository: the recorded models, and what else the tests and benchmarks run on a real Triton.

Usage: models.py DIRECTORY
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../packages/triton/test/fixtures"))
import record

IDENTITY = record.HEAD + '''    def execute(self, requests):
        return [backend.InferenceResponse([tensor("y", get(r, "x"))]) for r in requests]
'''

# Not even NumPy sees the elements: it has no BF16.
PASS_ON = record.HEAD + '''    def execute(self, requests):
        return [backend.InferenceResponse([backend.get_input_tensor_by_name(r, "x")]) for r in requests]
'''

THRESHOLD = record.HEAD + '''    def execute(self, requests):
        masks = [(get(r, "image").max(axis=0) > 200).astype(np.uint16) for r in requests]
        return [backend.InferenceResponse([tensor("mask", mask)]) for mask in masks]
'''

# Says how many requests came at once, and how many rows each had.
BATCHED = record.HEAD + '''    def execute(self, requests):
        responses = []
        for r in requests:
            x = get(r, "x")
            rows = np.full((len(x), 1), len(x), dtype=np.int32)
            responses.append(backend.InferenceResponse([tensor("y", x * 2), tensor("rows", rows)]))
        return responses
'''

SLEEP = '''import time
''' + record.HEAD + '''    def execute(self, requests):
        for r in requests:
            time.sleep(float(get(r, "seconds")[0]))
        return [backend.InferenceResponse([tensor("slept", get(r, "seconds"))]) for r in requests]
'''

VERSION = record.HEAD + '''    def initialize(self, arguments):
        self.version = np.array([int(arguments["model_version"])], dtype=np.int32)

    def execute(self, requests):
        return [backend.InferenceResponse([tensor("version", self.version)]) for r in requests]
'''


def models(directory):
    record.repository(directory)

    def model(name, inputs, outputs, code, extra="", batch=0, versions=(1,), instances=1):
        tensors = [("input", item) for item in inputs] + [("output", item) for item in outputs]
        lines = ['name: "%s"' % name, 'backend: "python"', "max_batch_size: %d" % batch, extra]
        for kind, (tensor, datatype, dims, *more) in tensors:
            fields = 'name: "%s" data_type: TYPE_%s dims: %s %s' % (tensor, datatype, dims, " ".join(more))
            lines.append("%s [{ %s }]" % (kind, fields))
        lines.append("instance_group [{ kind: KIND_CPU count: %d }]\n" % instances)
        record.write("%s/%s/config.pbtxt" % (directory, name), "\n".join(lines))
        for version in versions:
            record.write("%s/%s/%d/model.py" % (directory, name, version), code)

    image = [-1, -1, -1]
    model("echo", [("x", "FP32", image)], [("y", "FP32", image)], IDENTITY)
    model("threshold", [("image", "FP32", image)], [("mask", "UINT16", image[1:])], THRESHOLD)
    model("pass-bf16", [("x", "BF16", [-1, -1])], [("x", "BF16", [-1, -1])], PASS_ON)
    model("bytes-matrix", [("x", "STRING", [-1, -1])], [("y", "STRING", [-1, -1])], IDENTITY)
    model("batched", [("x", "FP32", [3])], [("y", "FP32", [3]), ("rows", "INT32", [1])], BATCHED, batch=4)
    labels = 'label_filename: "labels.txt"'
    model("classes", [("x", "FP32", [4])], [("y", "FP32", [4], labels)], IDENTITY, batch=4)
    record.write("%s/classes/labels.txt" % directory, "background\nnucleus\ncytoplasm\nmembrane\n")
    model("sleep", [("seconds", "FP32", [1])], [("slept", "FP32", [1])], SLEEP)
    # An instance has one sequence at a time: others wait for its end.
    sample = [("image", "FP32", image), ("labels", "FP32", image), ("param", "STRING", [1])]
    trained = [("info", "STRING", [1]), ("model", "STRING", [1])]
    model("train-two", sample, trained, record.TRAIN, record.SEQUENCES, instances=2)
    every = "version_policy: { all {} }"
    model("versioned", [("x", "FP32", [1])], [("version", "INT32", [1])], VERSION, every, versions=(1, 2))


if __name__ == "__main__":
    models(sys.argv[1])
