"""What kernels can do: each line of the table is a probe that is run. JSON on stdout.

    python probes.py <folder of the notebook> <kernel> ...
"""

import json
import re
import sys
import time
from queue import Empty

from session import Session, colourless

PROBES = {}

# Each kernel's own words for the same; a kernel without any has no entry.
SHOW_AND_UPDATE = {
    "bioengine": 'import { newDisplay } from "tslab"; const shown = newDisplay(); shown.text("a"); shown.text("b");',
    "tslab": 'import { newDisplay } from "tslab"; const shown = newDisplay(); shown.text("a"); shown.text("b");',
    "deno": """const shown = { data: { "text/plain": "a" }, metadata: {}, transient: { display_id: "d" } };
await Deno.jupyter.broadcast("display_data", shown);
await Deno.jupyter.broadcast("update_display_data", shown);""",
}
OPEN_COMM = {
    "bioengine": 'jupyter.comms.open("t", {}, { buffers: [new Uint8Array([1, 2, 3])] });',
    "deno": """await Deno.jupyter.broadcast("comm_open", { comm_id: "c", target_name: "t", data: {} },
  { buffers: [new Uint8Array([1, 2, 3])] });""",
}


def probe(title):
    def add(function):
        PROBES[title] = function
        return function

    return add


def printed(title, *cells, text):
    """A probe whose last cell must show a text."""

    @probe(title)
    def run(session):
        *first, last = cells
        for cell in first:
            session.execute(cell)
        return text in session.execute(last).text


@probe("the result as `execute_result`")
def _(session):
    results = session.execute("1 + 1").of_type("execute_result")
    return [colourless(result["data"]["text/plain"]) for result in results] == ["2"]


@probe("`execute_input`, which other clients of the kernel read")
def _(session):
    return [content["code"] for content in session.execute("1 + 1").of_type("execute_input")] == ["1 + 1"]


@probe("errors as `error`, with name, value and traceback")
def _(session):
    exchange = session.execute('throw new RangeError("too far")')
    errors = exchange.of_type("error")
    is_whole = errors and "too far" in errors[0].get("evalue", "") and errors[0].get("traceback")
    return exchange.status == "error" and bool(is_whole) and "RangeError" in errors[0].get("ename", "")


@probe("a traceback with the line of the cell")
def _(session):
    text = session.execute('const one = 1;\n\n\n\n\n\nthrow new Error("in line seven");').text
    innermost = re.search(r"(?::|line )(\d+)(?::\d+|\n)", text)
    return innermost is not None and innermost[1] == "7"


@probe("type errors are reported, and the cell doesn't run")
def _(session):
    text = session.execute('console.log("it" + " ran"); const wrong: number = "text";').text
    return "not assignable" in text and "it ran" not in text


@probe("cells behind a failed one are `aborted`")
def _(session):
    session.client.execute('await new Promise((resolve) => setTimeout(resolve, 300)); throw new Error("first")')
    second = session.client.execute('console.log("second")')
    return session.collect(second, 10).status == "aborted"


@probe("input: `prompt(…)` asks, and gets the answer")
def _(session):
    request = session.client.execute('console.log("got " + prompt("Name?"))', allow_stdin=True)
    try:
        question = session.client.get_stdin_msg(timeout=5)
    except Empty:
        return False
    if "Name?" not in question["content"]["prompt"]:
        return False
    session.client.input("answer")
    return "got answer" in session.collect(request, 10).text


@probe("comms with binary buffers")
def _(session):
    code = OPEN_COMM.get(session.kernel)
    if code is None:
        return False
    exchange = session.execute(code)
    opened = [message for message in exchange.messages if message["msg_type"] == "comm_open"]
    return bool(opened) and [bytes(buffer) for buffer in opened[0]["buffers"]] == [b"\1\2\3"]


@probe("displays that are updated (`update_display_data`)")
def _(session):
    exchange = session.execute(SHOW_AND_UPDATE[session.kernel])
    return bool(exchange.of_type("display_data")) and bool(exchange.of_type("update_display_data"))


@probe('`[Symbol.for("Jupyter.display")]` of the last value')
def _(session):
    code = '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>bold</b>", "text/plain": "bold" }) })'
    results = session.execute(code).of_type("execute_result")
    return [result["data"].get("text/html") for result in results] == ["<b>bold</b>"]


@probe("`user_expressions`")
def _(session):
    exchange = session.execute("const asked = 6;", user_expressions={"x": "asked * 7"})
    answers = (exchange.reply or {"content": {}})["content"].get("user_expressions", {})
    return "42" in json.dumps(answers.get("x", ""))


@probe("history of the cells")
def _(session):
    session.execute("const needle = 1;")
    reply = session.ask("history", hist_access_type="tail", n=3, seconds=5).reply
    return bool(reply) and "needle" in json.dumps(reply["content"].get("history", []))


@probe("`is_complete` tells complete, incomplete and invalid code")
def _(session):
    codes = ["1 + 1", "f(", ")"]
    replies = [session.ask("is_complete", code, seconds=5).reply for code in codes]
    return [reply and reply["content"]["status"] for reply in replies] == ["complete", "incomplete", "invalid"]


@probe("a valid `kernel_info_reply`")
def _(session):
    reply = session.ask("kernel_info", seconds=5).reply
    content = reply["content"] if reply else {}
    wanted = {"status", "protocol_version", "implementation", "implementation_version", "language_info", "banner"}
    return wanted <= content.keys() and {"name", "version", "mimetype", "file_extension"} <= content["language_info"].keys()


@probe("an answer on the control channel while a cell is busy")
def _(session):
    request = session.client.execute("{ const end = Date.now() + 3000; while (Date.now() < end); }", allow_stdin=False)
    time.sleep(0.5)
    question = session.client.session.msg("kernel_info_request", {})
    session.client.control_channel.send(question)
    try:
        answer = session.client.get_control_msg(timeout=1.5)
        good = answer["parent_header"]["msg_id"] == question["header"]["msg_id"]
    except Empty:
        good = False
    session.collect(request, 10)
    return good


@probe("inspection of a name")
def _(session):
    session.execute("/** Adds. */ function added(a: number, b: number): number { return a + b; }")
    reply = session.ask("inspect", "added", 3, seconds=5).reply
    return bool(reply) and "a: number, b: number" in json.dumps(reply["content"].get("data", {}))


@probe("completion of members, by type")
def _(session):
    session.execute("function made() { return { areaOfBox: 1 }; }")
    reply = session.ask("complete", "made().ar", 9, seconds=5).reply
    return bool(reply) and any("areaOfBox" in match for match in reply["content"].get("matches", []))


@probe("completion of packages in `import`")
def _(session):
    code = 'import * as l from "lod'
    reply = session.ask("complete", code, len(code), seconds=5).reply
    return bool(reply) and any("lodash" in match for match in reply["content"].get("matches", []))


printed("`const` declared again in a later cell", "const again = 1;", "const again = 2; console.log(again + 40);", text="42")
printed("`export` in a cell", "export const exported = 5;", "console.log(exported + 37);", text="42")
printed(
    "`{ image }` with an `image` of an earlier cell",
    "const image = 42;",
    "console.log(JSON.stringify({ image }));",
    text='{"image":42}',
)
printed("`for await` at the top level", 'for await (const part of [Promise.resolve("part")]) console.log(part + 42);', text="part42")
printed("`using`", '{ using r = { [Symbol.dispose]() { console.log("dispo" + "sed"); } }; }', text="disposed")
printed("a package with only an `exports` map", 'import { answer } from "exports-only/sub"; console.log(answer + 1);', text="42")
printed("a package that is ESM only, with top-level `await`", 'import { answer } from "esm-only"; console.log(answer + 1);', text="42")


def try_probe(function, session):
    try:
        return bool(function(session))
    except Exception as error:
        print(f"{session.kernel}: {error!r}", file=sys.stderr)
        return False


def main():
    folder, *kernels = sys.argv[1:]
    table = {title: {} for title in PROBES}
    for kernel in kernels:
        session = Session(kernel, folder, linger=0.2).ready()
        for title, function in PROBES.items():
            works = table[title][kernel] = try_probe(function, session)
            print("yes" if works else "no ", kernel, title, file=sys.stderr, flush=True)
            if not works:
                # What it left must not harm the next.
                session.close()
                session = Session(kernel, folder, linger=0.2).ready()
        session.close()
    print(json.dumps(table))


main()
