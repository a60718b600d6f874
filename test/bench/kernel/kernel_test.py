"""Jupyter's own test suite on an installed kernel: prints passed, failed and skipped as JSON.

    python kernel_test.py <kernel>
"""

import io
import json
import sys
import unittest

import jupyter_kernel_test

kernel = sys.argv[1]
HTML = '{"text/html": "<b>bold</b>"}'
DISPLAY = {
    "deno": f"await Deno.jupyter.display({HTML}, {{ raw: true }});",
}.get(kernel, 'import { display } from "tslab"; display.html("<b>bold</b>");')


class KernelTest(jupyter_kernel_test.KernelTests):
    kernel_name = kernel
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("to stderr")'
    code_execute_result = [{"code": "1+2+3", "result": "6"}]
    code_generate_error = 'throw new Error("on purpose")'
    code_display_data = [{"code": DISPLAY, "mime": "text/html"}]
    code_inspect_sample = "parseInt"
    completion_samples = [{"text": "parseFl", "matches": {"parseFloat"}}]
    complete_code_samples = ["1 + 1", "function f() {\n  return 1;\n}"]
    incomplete_code_samples = ["function f() {", "f(1,", "`a"]
    invalid_code_samples = ["let = = 1", ")"]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")


suite = unittest.defaultTestLoader.loadTestsFromTestCase(KernelTest)
result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
bad = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
skipped = len(result.skipped)
print(json.dumps({"passed": result.testsRun - len(bad) - skipped, "failed": len(bad), "skipped": skipped}))
