"""Jupyter's own test suite for kernels, on the kernelspec `bioengine` of a prefix.

    python kernel-ext/test/jupyter_kernel_test.py <node> <kernel-ext/dist/main.js>

Needs the packages jupyter_client and jupyter_kernel_test.
"""

import json
import os
import sys
import tempfile
import unittest

if __name__ == "__main__":
    node, main = sys.argv[1], os.path.abspath(sys.argv[2])
    del sys.argv[1:3]
    # The script's own folder would hide the package of the same name.
    sys.path.pop(0)
    prefix = tempfile.mkdtemp(prefix="bioengine-jupyter-")
    folder = os.path.join(prefix, "kernels", "bioengine")
    os.makedirs(folder)
    with open(os.path.join(folder, "kernel.json"), "w") as file:
        json.dump(
            {
                "argv": [node, "--no-force-async-hooks-checks", main, "{connection_file}"],
                "display_name": "TypeScript (BioEngine)",
                "language": "typescript",
                "interrupt_mode": "message",
            },
            file,
        )
    os.environ["JUPYTER_PATH"] = prefix
    os.chdir(tempfile.mkdtemp(prefix="bioengine-notebooks-"))

import jupyter_kernel_test  # noqa: E402


class BioEngineKernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = "bioengine"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("to stderr")'
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": 'const word = "cell";\nword.toUpperCase()', "result": "'CELL'"},
        {"code": "await Promise.resolve([1, 2])", "result": "[ 1, 2 ]"},
    ]
    code_generate_error = 'throw new Error("on purpose")'
    code_display_data = [
        {"code": 'import { display } from "tslab"; display.html("<b>bold</b>")', "mime": "text/html"},
        {"code": "display.png(new Uint8Array([137, 80, 78, 71]))", "mime": "image/png"},
    ]
    code_inspect_sample = "parseInt"
    completion_samples = [
        {"text": "const some = 1; Math.cb", "matches": {"cbrt"}},
        {"text": "parseFl", "matches": {"parseFloat"}},
    ]
    complete_code_samples = ["1 + 1", "function f() {\n  return 1;\n}", "await Promise.resolve(1)", "`a\nb`"]
    incomplete_code_samples = ["function f() {", "f(1,", "const x =", "`a", "/* a", "[1, 2"]
    invalid_code_samples = ["let = = 1", ")", "f(]", '"a']
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")


if __name__ == "__main__":
    unittest.main(verbosity=2)
