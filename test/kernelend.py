"""Start a kernel as Jupyter does, run the code of stdin in it, print what it writes, and end without a goodbye.

    python test/kernelend.py <kernel name>
"""

import os
import signal
import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name=sys.argv[1])


def show(message):
    if message["msg_type"] in ("stream", "error"):
        print(message["content"].get("text", message["content"]), flush=True)


client.execute_interactive(sys.stdin.read(), output_hook=show, timeout=60)
os.kill(os.getpid(), signal.SIGKILL)
