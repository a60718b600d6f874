"""A folder in Triton's layout for `bioengine serve --model-repository`."""

import pathlib

from onnxgraph import Graph


def write_model(
    repository: pathlib.Path, name: str, graph: Graph, channels: int, outputs: dict[str, int], parameters: dict
) -> pathlib.Path:
    """Write `name/1/model.onnx` and `name/config.pbtxt` into a repository; returns the model's folder."""
    folder = repository / name
    (folder / "1").mkdir(parents=True, exist_ok=True)
    graph.save(folder / "1" / "model.onnx", channels, outputs)
    lines = [f'parameters {{ key: "{key}" value {{ string_value: "{value}" }} }}' for key, value in parameters.items()]
    (folder / "config.pbtxt").write_text("\n".join(['backend: "onnxruntime"', *lines, ""]))
    return folder
