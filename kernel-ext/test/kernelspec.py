"""The kernelspec `bioengine` of a kernel that is not installed anywhere."""

import json
import os
import tempfile


def install_kernelspec(node: str, main: str) -> None:
    """Let this process find the kernelspec, and work in an empty folder of notebooks."""
    prefix = tempfile.mkdtemp(prefix="bioengine-jupyter-")
    folder = os.path.join(prefix, "kernels", "bioengine")
    os.makedirs(folder)
    with open(os.path.join(folder, "kernel.json"), "w") as file:
        json.dump(
            {
                "argv": [node, "--no-force-async-hooks-checks", os.path.abspath(main), "{connection_file}"],
                "display_name": "TypeScript (BioEngine)",
                "language": "typescript",
                "interrupt_mode": "message",
            },
            file,
        )
    os.environ["JUPYTER_PATH"] = prefix
    os.chdir(tempfile.mkdtemp(prefix="bioengine-notebooks-"))
