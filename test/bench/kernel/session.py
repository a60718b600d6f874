"""A kernel that runs, and a client that expects nothing of it."""

import os
import re
import time
from queue import Empty

import zmq
from jupyter_client.manager import KernelManager


def colourless(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Exchange:
    """All that a request caused."""

    def __init__(self, reply, messages, seconds, is_idle):
        self.reply = reply
        self.messages = messages
        self.seconds = seconds
        self.is_idle = is_idle

    @property
    def is_done(self):
        return self.reply is not None and self.is_idle

    @property
    def status(self):
        return self.reply and self.reply["content"].get("status")

    def of_type(self, kind):
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    @property
    def text(self):
        """What the cell wrote and what its result is, as a reader sees it."""
        streams = [content["text"] for content in self.of_type("stream")]
        values = [
            str(content["data"].get("text/plain", ""))
            for kind in ("execute_result", "display_data")
            for content in self.of_type(kind)
        ]
        errors = [
            "\n".join([str(content.get("evalue")), *content.get("traceback", [])])
            for content in self.of_type("error")
        ]
        return colourless("".join(streams + values + errors))


class Session:
    def __init__(self, kernel, folder, linger=0):
        """`linger`: for how many seconds after a cell's idle outputs count that should have come before it."""
        self.kernel = kernel
        self.linger = linger
        self.manager = KernelManager(kernel_name=kernel)
        # What a kernel says beside its messages would be mixed with the figures.
        self._log = open(os.devnull, "w")
        self.manager.start_kernel(cwd=folder, stdout=self._log, stderr=self._log)
        self.client = self.manager.client()
        self.client.start_channels()

    def ready(self):
        """Wait until the kernel has run a cell and its outputs come."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            # The first messages on iopub are lost until ZeroMQ has subscribed.
            if self.execute("1", seconds=1).is_done:
                return self
        raise RuntimeError(f"The kernel {self.kernel} must run a cell in 60 s, and doesn't")

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self._log.close()

    def execute(self, code, seconds=20, **options):
        return self.collect(self.client.execute(code, allow_stdin=False, **options), seconds)

    def ask(self, method, *parameters, seconds=20, **options):
        return self.collect(getattr(self.client, method)(*parameters, **options), seconds)

    def collect(self, request, seconds, started=None):
        """Gather what a request causes until its reply and its idle are there, or the time is up."""
        started = started or time.perf_counter()
        shell, iopub = self.client.shell_channel.socket, self.client.iopub_channel.socket
        poller = zmq.Poller()
        for socket in (shell, iopub):
            poller.register(socket, zmq.POLLIN)
        reply, messages, is_idle = None, [], False
        while not (reply and is_idle):
            left = started + seconds - time.perf_counter()
            if left <= 0:
                break
            for socket, _ in poller.poll(left * 1000):
                read = self.client.get_shell_msg if socket is shell else self.client.get_iopub_msg
                message = read(timeout=1)
                if message["parent_header"].get("msg_id") != request:
                    continue
                if socket is shell:
                    reply = message
                else:
                    is_idle = is_idle or message["content"].get("execution_state") == "idle"
                    messages.append(message)
        taken = time.perf_counter() - started
        end = time.perf_counter() + self.linger
        while time.perf_counter() < end:
            try:
                message = self.client.get_iopub_msg(timeout=0.05)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == request:
                messages.append(message)
        return Exchange(reply, messages, taken, is_idle)

    def until_output(self, text, seconds):
        """Wait until a stream says something, or for so many seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except Empty:
                continue
            if text in message["content"].get("text", ""):
                return
