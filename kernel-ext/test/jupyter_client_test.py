"""What Jupyter's own test suite doesn't ask of a kernel, asked by jupyter_client.

    python kernel-ext/test/jupyter_client_test.py <node> <kernel-ext/dist/main.js>

Needs the package jupyter_client.
"""

import sys
import unittest

from jupyter_client.manager import start_new_kernel
from kernelspec import install_kernelspec

TIMEOUT = 30


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="bioengine", startup_timeout=60)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def outputs(self, msg_id):
        """The iopub messages of a request up to its idle, without states and input."""
        found = []
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    return found
            elif message["msg_type"] != "execute_input":
                found.append(message)

    def reply(self, msg_id):
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def run_cell(self, code, **options):
        msg_id = self.client.execute(code, **options)
        return self.outputs(msg_id), self.reply(msg_id)

    def send(self, msg_type, content, buffers=()):
        message = self.client.session.msg(msg_type, content)
        self.client.session.send(self.client.shell_channel.socket, message, buffers=list(buffers))
        return message["header"]["msg_id"]

    def test_stdin(self):
        """jupyter_client answers two questions of a cell, one of them a password."""
        msg_id = self.client.execute(
            'const user = prompt("User?"); const word = prompt("Password?", "", { password: true }); [user, word]',
            allow_stdin=True,
        )
        asked = []
        for answer in ("Ada", "secret"):
            asked.append(self.client.get_stdin_msg(timeout=TIMEOUT)["content"])
            self.client.input(answer)
        [result] = self.outputs(msg_id)
        self.assertEqual(result["content"]["data"]["text/plain"], "[ 'Ada', 'secret' ]")
        self.assertEqual([question["password"] for question in asked], [False, True])
        self.assertEqual(self.reply(msg_id)["status"], "ok")

    def test_execute_interactive(self):
        """The client's own loop of outputs and questions comes to an end."""
        heard = []
        reply = self.client.execute_interactive(
            'console.log(prompt("?"))',
            allow_stdin=True,
            timeout=TIMEOUT,
            stdin_hook=lambda message: self.client.input("typed"),
            output_hook=lambda message: heard.append(message["content"].get("text")),
        )
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertIn("typed\n", heard)

    def test_comms_with_buffers(self):
        """A comm that the client opens echoes buffers, also while a cell awaits it."""
        self.run_cell(
            'jupyter.comms.register("echo", (comm) => comm.onMessage(({ data, buffers }) => { '
            'comm.send(data, { buffers }); if (data.last) comm.close(); waits.done(); })); const waits = { done: () => {} };'
        )
        waiting = self.client.execute("await new Promise<void>((resolve) => { waits.done = resolve; });")
        self.send("comm_open", {"comm_id": "one", "target_name": "echo", "data": {}})
        payload = bytes(range(256)) * 100
        msg_id = self.send("comm_msg", {"comm_id": "one", "data": {"last": True}}, [payload, b""])
        answer, closed = self.outputs(msg_id)
        self.assertEqual(answer["msg_type"], "comm_msg")
        self.assertEqual([bytes(buffer) for buffer in answer["buffers"]], [payload, b""])
        self.assertEqual(closed["msg_type"], "comm_close")
        self.assertEqual(self.reply(waiting)["status"], "ok")

    def test_comm_of_the_kernel(self):
        """A comm that a cell opens is listed until it is closed."""
        opened, _ = self.run_cell('const comm = jupyter.comms.open("view", { n: 1 }, { buffers: [new Uint8Array([9])] });')
        self.assertEqual(opened[0]["content"]["target_name"], "view")
        self.assertEqual(bytes(opened[0]["buffers"][0]), b"\x09")
        comms = self.reply(self.client.comm_info("view"))["comms"]
        self.assertEqual(comms, {opened[0]["content"]["comm_id"]: {"target_name": "view"}})
        self.run_cell("comm.close();")
        self.assertEqual(self.reply(self.client.comm_info())["comms"], {})

    def test_display_updates_and_clear_output(self):
        outputs, _ = self.run_cell(
            'display(1, { display_id: "d" }); display(2, { display_id: "d", update: true }); jupyter.clearOutput({ wait: true });'
        )
        self.assertEqual(
            [message["msg_type"] for message in outputs], ["display_data", "update_display_data", "clear_output"]
        )
        self.assertEqual({m["content"]["transient"]["display_id"] for m in outputs[:2]}, {"d"})
        self.assertEqual(outputs[2]["content"], {"wait": True})

    def test_aborts(self):
        """Cells behind an error are aborted, unless the client says otherwise; other requests are answered."""
        for stops, expected in ((True, ["aborted", "aborted"]), (False, ["ok", "ok"])):
            self.client.execute('await new Promise((r) => setTimeout(r, 200)); throw new Error("no")', stop_on_error=stops)
            cells = [self.client.execute("1"), self.client.execute("2")]
            info = self.client.kernel_info()
            self.assertEqual([self.reply(cell)["status"] for cell in cells], expected)
            self.assertEqual(self.reply(info)["status"], "ok")
            for cell in cells:
                self.assertEqual(len(self.outputs(cell)), 0 if stops else 1)

    def test_interrupt_and_restart(self):
        """The manager interrupts a loop; a restart forgets the variables and counts from 1."""
        msg_id = self.client.execute("let kept = 1; console.log('on'); while (true) {}")
        while self.client.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
            pass
        self.manager.interrupt_kernel()
        self.assertEqual(self.reply(msg_id)["ename"], "KeyboardInterrupt")
        self.manager.restart_kernel(now=False)
        self.client.wait_for_ready(timeout=60)
        _, reply = self.run_cell("typeof kept")
        self.assertEqual((reply["status"], reply["execution_count"]), ("error", 1))


if __name__ == "__main__":
    install_kernelspec(*sys.argv[1:3])
    del sys.argv[1:3]
    unittest.main(verbosity=2)
