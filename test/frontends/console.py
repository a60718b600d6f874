"""Use `jupyter console` as somebody at a terminal does; fails if it doesn't show what it should.

    python test/frontends/console.py <kernel name>
"""

import os
import re
import sys
import time

import pexpect

# This one types before TypeScript has loaded, for which the console waits a second by default.
patience = "--ZMQTerminalInteractiveShell.kernel_is_complete_timeout=30"
console = pexpect.spawn(
    sys.executable,
    ["-m", "jupyter_console", "--kernel", sys.argv[1], patience],
    encoding="utf8",
    dimensions=(50, 100),
    env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
)
shown = ""
seen = 0


def until(text, seconds=60):
    """Read what is shown, without its colours, until a text comes that has not been waited for."""
    global shown, seen
    deadline = time.time() + seconds
    while text not in (plain := re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown))[seen:]:
        if time.time() > deadline:
            sys.exit(f"No {text!r} in {seconds} s, but:\n{plain}")
        try:
            shown += console.read_nonblocking(4096, timeout=1)
        except pexpect.TIMEOUT:
            pass
    seen = plain.index(text, seen) + len(text)


until("In [1]:")
console.send("1 + 1\r")
until("Out[1]: 2")
until("In [2]:")
# Enter asks the kernel whether the cell is complete: the three lines are one.
console.send("function triple(n: number) {\r")
until("...:")
console.send("return 3 * n;\r")
until("...:")
console.send("}\r")
until("In [3]:")
console.send("triple(14)\r")
until("Out[3]: 42")
until("In [4]:")
console.send('console.log("running"); while (true) {}\r')
until("running\r")
console.sendintr()
until("KeyboardInterrupt")
until("In [5]:")
console.send("triple(100)\r")
until("Out[5]: 300")
until("In [6]:")
console.send("tripl\t")
until("triple")
console.send("(5)\r")
until("Out[6]: 15")
until("In [7]:")
console.sendeof()
until("exit")
console.send("y\r")
console.expect(pexpect.EOF, timeout=20)
console.close()
sys.exit(console.exitstatus)
