"""Jupyter's own test suite for kernels, on the kernelspec `bioengine` of a prefix.

    python kernel-ext/test/jupyter_kernel_test.py <node> <kernel-ext/dist/main.js>

Needs the packages jupyter_client and jupyter_kernel_test.
"""

import sys
import unittest

from kernelspec import install_kernelspec

if __name__ == "__main__":
    install_kernelspec(*sys.argv[1:3])
    del sys.argv[1:3]
    # The script's own folder would hide the package of the same name.
    sys.path.pop(0)

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
    code_clear_output = "jupyter.clearOutput()"
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
