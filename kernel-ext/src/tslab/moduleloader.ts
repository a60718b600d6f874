import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { compileFunction } from "node:vm";

interface LoadedModule {
  exports: unknown;
}

/**
 * Loads what cells import: the notebook's own TypeScript files, and packages from the notebook's folder or, where
 * there are none, from the kernel's installation.
 */
export class ModuleLoader {
  readonly #files = new Map<string, string>();
  readonly #loaded = new Map<string, LoadedModule>();
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
      return file === undefined ? local(resolve(id)) : this.#loadFile(file);
    };
    return Object.assign(load, {
      resolve: Object.assign(resolve, { paths: local.resolve.paths }),
      cache: local.cache,
      extensions: local.extensions,
      main: local.main,
    });
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
    const names = ["exports", "require", "module", "__filename", "__dirname"];
    const body = compileFunction(this.#files.get(path) ?? "", names, { filename: path });
    try {
      body.call(module.exports, module.exports, this.requireFrom(folder), module, path, folder);
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
    return module.exports;
  }
}
