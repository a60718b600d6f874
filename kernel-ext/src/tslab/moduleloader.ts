import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import { PREPARE } from "./dynamicimport";
import { asCommonJS, importFrom, isESModule } from "./esmodule";

interface LoadedModule {
  exports: unknown;
}

/** How TypeScript writes an import as CommonJS. */
const requiredName = /^(?:const \w+ = )?(?:__\w+\()?require\("(.+?)"\)/gm;

/**
 * Loads what cells import: the notebook's own TypeScript files, and packages from the notebook's folder or, where
 * there are none, from the kernel's installation.
 */
export class ModuleLoader {
  readonly #files = new Map<string, string>();
  readonly #loaded = new Map<string, LoadedModule>();
  /** What gives an ES module that was prepared, or throws what its loading threw; by folder and name. */
  readonly #prepared = new Map<string, () => object>();
  readonly #own = createRequire(__filename);

  /** Set the compiled code of a file, e.g. `/notebooks/filter.js`; the next import loads it anew. */
  setFile(path: string, code: string): void {
    this.#files.set(path, code);
    this.#loaded.delete(path);
  }

  /** The `require` of code in a folder. */
  requireFrom(folder: string): NodeJS.Require {
    const local = createRequire(join(folder, "cell.js"));
    const resolve = (id: string, options?: { paths?: string[] }): string => {
      try {
        return local.resolve(id, options);
      } catch (error) {
        return this.#resolveOwn(id, error);
      }
    };
    const load = (id: string): unknown => {
      const file = this.#findFile(folder, id);
      if (file !== undefined) return this.#loadFile(file);
      const prepared = this.#prepared.get(keyOf(folder, id));
      return prepared ? prepared() : local(resolve(id));
    };
    return Object.assign(load, {
      resolve: Object.assign(resolve, { paths: local.resolve.paths }),
      cache: local.cache,
      extensions: local.extensions,
      main: local.main,
    });
  }

  /**
   * Load the ES modules that code in a folder imports, so that its `require` has them: they may wait, and some are
   * found by `import` alone.
   *
   * @returns settles when the code can run; `undefined` if it can at once
   */
  prepare(folder: string, code: string): Promise<void> | undefined {
    const modules = this.#modulesOf(folder, code, new Set());
    if (modules.length === 0) return undefined;
    return modules.reduce((before, [from, id]) => before.then(() => this.#load(from, id)), Promise.resolve());
  }

  /** What `import(…)` in a folder does first: load the module, if it is an ES module. Returns its name. */
  prepareFrom(folder: string): (id: string) => Promise<string> {
    return async (id) => {
      const file = this.#findFile(folder, id);
      if (file !== undefined) await this.prepare(dirname(file), this.#files.get(file) ?? "");
      else if (this.#isESModule(folder, id)) await this.#load(folder, id);
      return id;
    };
  }

  /** The ES modules that code and the notebook's files behind it import: the folder of each import, and the name. */
  #modulesOf(folder: string, code: string, seen: Set<string>): [folder: string, id: string][] {
    return [...code.matchAll(requiredName)].flatMap(([, id = ""]): [string, string][] => {
      const file = this.#findFile(folder, id);
      if (file === undefined) return this.#isESModule(folder, id) ? [[folder, id]] : [];
      if (seen.has(file)) return [];
      return this.#modulesOf(dirname(file), this.#files.get(file) ?? "", seen.add(file));
    });
  }

  #isESModule(folder: string, id: string): boolean {
    if (isBuiltin(id)) return false;
    const path = this.#find(folder, id);
    return path === undefined || isESModule(path);
  }

  /** The file that `require` finds, if it does. */
  #find(folder: string, id: string): string | undefined {
    try {
      return this.requireFrom(folder).resolve(id);
    } catch {
      return undefined;
    }
  }

  async #load(folder: string, id: string): Promise<void> {
    const key = keyOf(folder, id);
    this.#prepared.delete(key);
    const path = this.#find(folder, id);
    const specifier = path === undefined ? id : pathToFileURL(path).href;
    for (const from of [folder, __dirname]) {
      try {
        const module = asCommonJS(await importFrom(from, specifier));
        this.#prepared.set(key, () => module);
        return;
      } catch (error) {
        // What isn't there is for the code's own `require` to say.
        if (isMissing(error, id)) continue;
        this.#prepared.set(key, () => {
          throw error;
        });
        return;
      }
    }
  }

  #resolveOwn(id: string, error: unknown): string {
    if (id.startsWith(".") || isAbsolute(id)) throw error;
    try {
      return this.#own.resolve(id);
    } catch {
      // The notebook's folder is where its user can mend it.
      throw error;
    }
  }

  #findFile(folder: string, id: string): string | undefined {
    if (!id.startsWith(".")) return undefined;
    const path = join(folder, id).replaceAll("\\", "/");
    return [path, `${path}.js`, `${path}/index.js`].find((candidate) => this.#files.has(candidate));
  }

  #loadFile(path: string): unknown {
    const loaded = this.#loaded.get(path);
    if (loaded) return loaded.exports;
    const module: LoadedModule = { exports: {} };
    this.#loaded.set(path, module);
    const folder = dirname(path);
    const names = ["exports", "require", PREPARE, "module", "__filename", "__dirname"];
    const body = compileFunction(this.#files.get(path) ?? "", names, { filename: path });
    const [load, prepare] = [this.requireFrom(folder), this.prepareFrom(folder)];
    try {
      body.call(module.exports, module.exports, load, prepare, module, path, folder);
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
    return module.exports;
  }
}

const keyOf = (folder: string, id: string): string => `${folder}\0${id}`;

/** Whether a module itself wasn't found, rather than one that it imports. */
const isMissing = (error: unknown, id: string): boolean =>
  error instanceof Error &&
  "code" in error &&
  (error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ||
    (error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes(`'${id}'`)));
