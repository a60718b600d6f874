"""Times of kernels side by side, as JSON on stdout.

    python measure.py <folder of the notebook> <kernel> ...
"""

import json
import statistics
import sys
import time

from session import Session

STARTS = 5
CELLS = 50
QUESTIONS = 30

INTERRUPTED = {
    "a loop": "while (true) {}",
    "a loop after an await": "await sleep(1); while (true) {}",
    "an await that never ends": "await new Promise(() => {});",
    "a flood of microtasks": "const again = (): any => Promise.resolve().then(again); await again();",
}

IMPORT = 'import lodash from "lodash"; console.log("chunks: " + lodash.chunk([1, 2, 3, 4], 2).length);'
IMPORTED = "chunks: 2"


def say(text):
    print(text, file=sys.stderr, flush=True)


def summary(times):
    times = sorted(times)
    return {
        "median": statistics.median(times) * 1000,
        "high": times[min(len(times) - 1, round(0.95 * len(times)))] * 1000,
    }


def first_reply(kernel, folder, code, expected=None):
    """Seconds from the start of the process to the reply to its first cell; None if the cell fails."""
    started = time.perf_counter()
    session = Session(kernel, folder)
    try:
        message = session.client.execute(code, allow_stdin=False)
        reply = None
        while reply is None:
            candidate = session.client.get_shell_msg(timeout=60)
            if candidate["parent_header"].get("msg_id") == message:
                reply = candidate
        seconds = time.perf_counter() - started
        if expected is None:
            return seconds
        # Outputs of the first cell may come before the client has subscribed to any.
        return seconds if expected in session.ready().execute(code).text else None
    finally:
        session.close()


def starts(kernels, folder, code, expected=None):
    times = {kernel: [] for kernel in kernels}
    for _ in range(STARTS):
        for kernel in kernels:
            times[kernel].append(first_reply(kernel, folder, code, expected))
    return {kernel: None if None in values else summary(values) for kernel, values in times.items()}


def cells(sessions):
    times = {session.kernel: [] for session in sessions}
    for number in range(CELLS):
        for session in sessions:
            code = f"const value{number} = {number} * 2;\nconsole.log(value{number} + 1);"
            exchange = session.execute(code)
            if str(number * 2 + 1) not in exchange.text:
                raise RuntimeError(f"{session.kernel} must print {number * 2 + 1}, got {exchange.text!r}")
            times[session.kernel].append(exchange.seconds)
    return {kernel: summary(values) for kernel, values in times.items()}


def questions(sessions, method, code_of, is_answer):
    """Times of answers; each question is another one, and the first five don't count."""
    times = {session.kernel: [] for session in sessions}
    answered = {session.kernel: True for session in sessions}
    for turn in range(QUESTIONS + 5):
        for session in sessions:
            code = code_of(turn)
            exchange = session.ask(method, code, len(code))
            good = exchange.is_done and is_answer(exchange.reply["content"])
            answered[session.kernel] = answered[session.kernel] and good
            if turn >= 5:
                times[session.kernel].append(exchange.seconds)
    return {
        kernel: summary(values) if answered[kernel] else None for kernel, values in times.items()
    }


def knows(session, name, value):
    """Whether a variable has its value; asked again, as tslab drops what comes right after an interrupt."""
    for _ in range(4):
        if value in session.execute(f"console.log({name})", seconds=5).text:
            return True
        time.sleep(0.5)
    return False


def interrupts(kernel, folder):
    results = {}
    session = None
    for name, code in INTERRUPTED.items():
        if session is None:
            session = Session(kernel, folder).ready()
            session.execute("let kept = 42;")
            session.execute("const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));")
        request = session.client.execute(f'console.log("running");\n{code}', allow_stdin=False)
        session.until_output("running", 2)
        time.sleep(0.2)
        started = time.perf_counter()
        session.manager.interrupt_kernel()
        # What the cell says by then has been read; a reply is enough.
        stopped = session.collect(request, 5, started).reply is not None
        seconds = time.perf_counter() - started
        is_kept = stopped and knows(session, "kept", "42")
        results[name] = {"ms": seconds * 1000 if stopped else None, "isKept": is_kept}
        if not is_kept:
            session.close()
            session = None
    if session:
        session.close()
    return results


def flood(kernel, folder, code, count):
    session = Session(kernel, folder, linger=2).ready()
    try:
        exchange = session.execute(code, seconds=30)
        text = "".join(content["text"] for content in exchange.of_type("stream"))
        return {"ms": exchange.seconds * 1000 if exchange.is_done else None, "received": count(text)}
    finally:
        session.close()


def floods(kernels, folder, code, count):
    return {kernel: flood(kernel, folder, code, count) for kernel in kernels}


def main():
    folder, *kernels = sys.argv[1:]
    figures = {}
    say("Starts …")
    figures["start"] = starts(kernels, folder, "1 + 1")
    figures["import"] = starts(kernels, folder, IMPORT, IMPORTED)
    say("Cells and questions …")
    # Deno's output may come after its idle.
    sessions = [Session(kernel, folder, linger=0.2).ready() for kernel in kernels]
    for session in sessions:
        session.execute("const measured = { area: 1, areaBox: 2 };")
    figures["cell"] = cells(sessions)
    figures["complete"] = questions(
        sessions,
        "complete",
        lambda turn: f"const asked{turn} = measured.ar",
        lambda answer: any("areaBox" in match for match in answer.get("matches", [])),
    )
    figures["inspect"] = questions(
        sessions,
        "inspect",
        lambda turn: f"const asked{turn} = measured",
        lambda answer: answer.get("found") is True,
    )
    for session in sessions:
        session.close()
    say("Interrupts …")
    figures["interrupt"] = {kernel: interrupts(kernel, folder) for kernel in kernels}
    say("Output …")
    lines = 'for (let i = 0; i < 50_000; i++) console.log("line", i);'
    figures["lines"] = floods(kernels, folder, lines, lambda text: text.count("\n"))
    volume = 'for (let i = 0; i < 500; i++) console.log("x".repeat(100_000));'
    figures["megabytes"] = floods(kernels, folder, volume, lambda text: len(text) / 1e6)
    print(json.dumps(figures))


main()
