import { ndarray } from "@bioengine/ndarray";
import { afterEach, expect, test } from "vitest";
import { selection } from "../src/index";

const mask = ndarray(Int32Array.of(0, 3, 7, 7), [2, 2]);

/** The kernel's comms with a front end that does `respond` as soon as a comm opens. */
function connect(respond: (send: (data: unknown) => void, close: () => void) => void): unknown[] {
  const opened: unknown[] = [];
  const open = (target: string, data: object) => {
    opened.push({ target, ...data });
    let send: (message: { data: unknown }) => void = () => {};
    let end = () => {};
    setImmediate(() =>
      respond(
        (data) => send({ data }),
        () => end(),
      ),
    );
    return {
      onMessage: (receive: typeof send) => (send = receive),
      onClose: (receive: typeof end) => (end = receive),
      close: () => opened.push("closed"),
    };
  };
  Object.assign(globalThis, { jupyter: { comms: { open } } });
  return opened;
}

afterEach(() => Reflect.deleteProperty(globalThis, "jupyter"));

test("selection() asks for the mask by its labels, whatever its leading axes and dtype, and closes", async () => {
  const opened = connect((send) => send({ labels: [3, 7] }));
  expect(await selection(mask)).toEqual([3, 7]);
  await selection(mask.expandDims(0).astype("uint16"));
  expect(opened[0]).toEqual({
    target: "bioengine.selection",
    maskId: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  expect(opened).toEqual([opened[0], "closed", opened[0], "closed"]);
});

test("selection() says what it needs where nobody answers", async () => {
  const needs = "the notebook must be open in JupyterLab with the BioEngine extension";
  await expect(selection(mask)).rejects.toThrow(`${needs}, got a program or a kernel that cannot ask it`);
  connect((_, close) => close());
  await expect(selection(mask)).rejects.toThrow(`${needs}, got one without it`);
  connect(() => {});
  await expect(selection(mask, { timeoutMs: 10 })).rejects.toThrow(`${needs}, got no answer in 10 ms`);
});

test("selection() refuses what is no mask, a mask that nothing shows, and an answer without labels", async () => {
  await expect(selection(ndarray(Float32Array.of(1, 2), [1, 2]))).rejects.toThrow(
    "Cannot read the selection: labels must be integers, got float32",
  );
  connect((send) => send({ labels: null }));
  await expect(selection(mask)).rejects.toThrow("an output near this cell must show the mask, got none");
  connect((send) => send({ labels: "3" }));
  await expect(selection(mask)).rejects.toThrow('must answer with labels, got {"labels":"3"}');
});
