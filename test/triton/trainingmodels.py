"""Write a model repository with stand-ins for BioEngine's models that train and that run what was trained.

They learn nothing, and say all that they were asked. stardist-train says no more than it must, and there is no
stardist-predict.

Usage: trainingmodels.py DIRECTORY
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../packages/triton/test/fixtures"))
import record

# Seed 1 gives a loss of NaN, and seed 2 one of null, from the fourth iteration on.
TRAIN = "import os\n" + record.HEAD + '''    def initialize(self, arguments):
        self.models = {}
        self.is_brief = %s
        self.folder = os.path.join(arguments["model_repository"], "../../trained")
        os.makedirs(self.folder, exist_ok=True)

    def refusal(self, start, key, param):
        known = self.models.get(key)
        if not start or known is None:
            return None
        if not param["resume"]:
            return "model %%s exists: resume it, or take another id" %% key
        if known["token"] is not None and param["model_token"] != known["token"]:
            return "the model_token is not that of model %%s" %% key
        return None

    def step(self, model, key, image, labels, param):
        if not labels.any():
            return
        model["iterations"] += param["steps"]
        model["trained"].append([float(image[0, 0, 0]), param["steps"]])
        loss = 12 / model["iterations"]
        if param.get("seed") in (1, 2) and model["iterations"] >= 4:
            loss = float("nan") if param["seed"] == 1 else None
        model["loss"] = loss
        with open(os.path.join(self.folder, key), "w") as file:
            file.write(str(model["iterations"]))

    def execute(self, requests):
        responses = []
        for r in requests:
            start, end, key = (get(r, name).ravel()[0] for name in ("START", "END", "CORRID"))
            key = str(key)
            image, labels, param = get(r, "image"), get(r, "labels"), json.loads(get(r, "param").ravel()[0])
            refusal = self.refusal(start, key, param)
            if refusal is not None:
                responses.append(backend.InferenceResponse([], error=backend.TritonError(refusal)))
                continue
            new = {"token": param.get("model_token"), "iterations": 0, "trained": [], "requests": [], "loss": None}
            model = self.models.setdefault(key, new)
            self.step(model, key, image, labels, param)
            arrays = [[str(array.dtype), list(array.shape)] for array in (image, labels)]
            asked = {"start": int(start), "end": int(end), "arrays": arrays, "param": param}
            model["requests"].append(asked)
            info = {"loss": model["loss"]}
            if not self.is_brief:
                info.update(iterations=model["iterations"], model_files=["folder/cellpose-%%s.bin" %% key])
            told = {"trained": model["trained"], "requests": model["requests"]}
            file = b"\\x00\\xffPK" + json.dumps(told).encode() if end else b""
            outputs = [("info", json.dumps(info).encode()), ("model", file)]
            tensors = [tensor(name, np.array([value], dtype=object)) for name, value in outputs]
            responses.append(backend.InferenceResponse(tensors))
        return responses
'''

# Finds as many of an image's objects as the model has iterations: pixels of the values from 1 on.
PREDICT = "import os\n" + record.HEAD + '''    def initialize(self, arguments):
        self.folder = os.path.join(arguments["model_repository"], "../../trained")

    def execute(self, requests):
        responses = []
        for r in requests:
            key = json.loads(get(r, "param").ravel()[0])["model_id"]
            path = os.path.join(self.folder, key)
            if not os.path.exists(path):
                error = backend.TritonError("there is no model " + key)
                responses.append(backend.InferenceResponse([], error=error))
                continue
            with open(path) as file:
                iterations = int(file.read())
            image = get(r, "image")[:, :, 0]
            mask = np.where(image <= iterations, image, 0).astype(np.uint16)
            responses.append(backend.InferenceResponse([tensor("mask", mask)]))
        return responses
'''


def models(directory):
    record.repository(directory)

    def model(name, inputs, outputs, code, extra=""):
        lines = ['name: "%s"' % name, 'backend: "python"', extra, "instance_group [{ kind: KIND_CPU count: 1 }]"]
        for kind, tensors in [("input", inputs), ("output", outputs)]:
            for tensor, datatype, dims in tensors:
                lines.append('%s [{ name: "%s" data_type: TYPE_%s dims: %s }]' % (kind, tensor, datatype, dims))
        record.write("%s/%s/config.pbtxt" % (directory, name), "\n".join(lines) + "\n")
        record.write("%s/%s/1/model.py" % (directory, name), code)

    image = ("image", "FP32", [-1, -1, 3])
    param = ("param", "STRING", [1])
    sample = [image, ("labels", "UINT16", [-1, -1, 1]), param]
    trained = [("info", "STRING", [1]), ("model", "STRING", [1])]
    # Else a sequence that fails, and has no end, keeps the others waiting until it is idle for too long.
    sequences = record.SEQUENCES[:-2] + "oldest { max_candidate_sequences: 100 }\n}\n"
    model("cellpose-train", sample, trained, TRAIN % False, sequences)
    model("stardist-train", sample, trained, TRAIN % True, sequences)
    model("cellpose-predict", [image, param], [("mask", "UINT16", [-1, -1])], PREDICT)


if __name__ == "__main__":
    models(sys.argv[1])
