import { expect, test } from "vitest";
import { exceptionLine } from "../src/traceback";

const plain = `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    raise ValueError("boo")
ValueError: boo`;

test("exceptionLine() finds the exception of a traceback", () => {
  expect(exceptionLine(plain)).toBe("ValueError: boo");
});

test("exceptionLine() finds the first line of a message of many, and an exception of any name", () => {
  const text = `${plain.slice(0, plain.lastIndexOf("ValueError"))}onnxruntime.InvalidArgument: wrong rank
Got: 2 Expected: 4
Please fix`;
  expect(exceptionLine(text)).toBe("onnxruntime.InvalidArgument: wrong rank");
});

test("exceptionLine() finds the last of chained exceptions", () => {
  const chained = `${plain}

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    run()
    ^^^^^
RuntimeError: model failed
`;
  expect(exceptionLine(chained)).toBe("RuntimeError: model failed");
});

test("exceptionLine() finds the cause in what Ray wrapped, without its colours", () => {
  const ray = `Runtime call failed: \x1b[36mray::predict()\x1b[39m (pid=7, ip=10.0.0.7)
  File "/app/model.py", line 88, in predict
    return self.model(tensor)
torch.OutOfMemoryError: CUDA out of memory`;
  expect(exceptionLine(ray)).toBe("torch.OutOfMemoryError: CUDA out of memory");
});

test("exceptionLine() leaves out what Hypha puts before", () => {
  expect(exceptionLine("RemoteException: ValueError: boo")).toBe("ValueError: boo");
  expect(exceptionLine(`RemoteError:${plain}\nException: ${plain}`)).toBe("ValueError: boo");
});

test("exceptionLine() takes text without a traceback as it is, by its exception or else its first line", () => {
  expect(exceptionLine("\nNo such model\nSee the list")).toBe("No such model");
  expect(exceptionLine("Cannot run:\nTimeoutError: 30 s\n")).toBe("TimeoutError: 30 s");
  expect(exceptionLine("")).toBe("");
});
