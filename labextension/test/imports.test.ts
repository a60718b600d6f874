import { expect, test } from "vitest";
import { withoutKnownImports } from "../src/notebook/imports";

const code = 'import { imread, imshow } from "bioengine";\n\nimshow(await imread("a.tif"));';

test("withoutKnownImports() leaves out what earlier cells import, and the statement with its last name", () => {
  expect(withoutKnownImports(code, ['import { imshow, label } from "bioengine";'])).toBe(
    'import { imread } from "bioengine";\n\nimshow(await imread("a.tif"));',
  );
  expect(withoutKnownImports(code, ["1;\nimport {\n  imread,\n  imshow,\n} from 'bioengine'"])).toBe(
    'imshow(await imread("a.tif"));',
  );
});

test("withoutKnownImports() keeps names of other modules, under other names, or in a comment", () => {
  for (const earlier of [
    'import { imread, imshow } from "other";',
    'import { imread as read, imshow as show } from "bioengine";',
    '// import { imread, imshow } from "bioengine";',
  ])
    expect(withoutKnownImports(code, [earlier])).toBe(code);
});
