// What the cells' globals are to TypeScript: the kernel adds this file's declarations to every cell.

declare global {
  /** What cells and libraries find of the kernel: `globalThis.jupyter`, undefined in a plain program. */
  var jupyter: Jupyter.Kernel;

  namespace Jupyter {
    /** The kernel, for its cells. */
    interface Kernel {
      readonly comms: Comms;
      /** The global `display`, also for cells that have a `display` of their own, e.g. tslab's. */
      readonly display: typeof display;
      /** HTML: the text between the backticks as it is. */
      readonly html: TemplateTag;
      /** Markdown. */
      readonly md: TemplateTag;
      readonly svg: TemplateTag;
      /** An image file by its path or its bytes: PNG, JPEG, GIF or WebP. */
      image(file: string | Uint8Array): Displayable;
      /**
       * Remove what the cell has shown so far.
       *
       * @param options.wait whether to keep it until something else is shown, so that nothing flickers; default false
       */
      clearOutput(options?: { readonly wait?: boolean }): void;
      /** Publish any message of Jupyter's protocol. */
      broadcast(type: string, content: { readonly [name: string]: unknown }, options?: CommOptions): void;
    }

    /** MIME type to content; bytes are encoded as Jupyter wants them. */
    interface MimeBundle {
      readonly [type: string]: unknown;
    }

    /** A value that is shown by what it has, as a cell's last line or by `display`. */
    interface Displayable {
      readonly bundle: MimeBundle;
    }

    /** Makes of a template literal a value that is shown. */
    type TemplateTag = (strings: TemplateStringsArray, ...values: unknown[]) => Displayable;

    /** The names are Jupyter's, and Deno's. */
    interface DisplayOptions {
      /** Whether the value is a bundle of MIME types already, default false. */
      readonly raw?: boolean;
      /** Name of the place, for updates: any text. */
      readonly display_id?: string;
      /** Whether to replace what has the `display_id`, wherever it is shown; default false. */
      readonly update?: boolean;
      /** Hints for the front end by MIME type, e.g. the width of an image. */
      readonly metadata?: { readonly [type: string]: unknown };
    }

    /** What a comm carries beside buffers: anything that JSON can. */
    // biome-ignore lint/suspicious/noExplicitAny: the two ends agree on it, out of TypeScript's sight
    type CommData = any;

    /** A message of the front end. */
    interface CommMessage {
      readonly data: CommData;
      readonly metadata: { readonly [name: string]: unknown };
      /** Binary data beside the JSON; yours to keep and to change. */
      readonly buffers: readonly Uint8Array[];
    }

    /** What goes with a message to the front end. */
    interface CommOptions {
      readonly metadata?: { readonly [name: string]: unknown };
      /** Binary data beside the JSON; copied. */
      readonly buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
    }

    /** One conversation with a front end. */
    interface Comm {
      readonly id: string;
      /** What both ends call this kind of conversation. */
      readonly target: string;
      /** Set what is called with each message of the front end, also while a cell awaits. */
      onMessage(receive: (message: CommMessage) => unknown): void;
      /** Set what is called when the front end closes it. */
      onClose(receive: (message: CommMessage) => unknown): void;
      /** @throws {Error} if it is closed */
      send(data: CommData, options?: CommOptions): void;
      close(data?: CommData, options?: CommOptions): void;
    }

    /** Conversations with the notebook's front end, e.g. with an extension or a widget. */
    interface Comms {
      /**
       * Set what is called when the front end opens a comm of a target; another call replaces it.
       *
       * @example
       * jupyter.comms.register("viewer", (comm, { data }) => {
       *   comm.onMessage(({ data }) => comm.send({ answer: data }));
       * });
       */
      register(target: string, opened: (comm: Comm, message: CommMessage) => unknown): void;

      /**
       * Open a comm: the front end must have registered the target.
       *
       * @example
       * const comm = jupyter.comms.open("viewer", { width: 2 }, { buffers: [new Uint8Array(2)] });
       */
      open(target: string, data?: CommData, options?: CommOptions): Comm;
    }
  }

  /**
   * Show a value at once, and not only as the cell's last line.
   *
   * @returns when it is shown; a promise if the value makes its contents asynchronously
   * @example
   * display(jupyter.md`# Result`);
   * display(progress, { display_id: "progress" });
   * display(progress, { display_id: "progress", update: true });
   */
  function display(value: unknown, options?: Jupyter.DisplayOptions): void | Promise<void>;

  /**
   * Ask the user for a line of text, and wait for it.
   *
   * @param message what is asked
   * @param defaultValue the answer when the user gives none
   * @param options.password whether to hide what is typed, default false
   * @returns the answer; null if the user ended the input (Ctrl-D in a console)
   * @throws {Error} if the cell's client takes no input
   * @example
   * const diameter = Number(prompt("Diameter of a cell in pixels", "30"));
   */
  function prompt(
    message?: string,
    defaultValue?: string,
    options?: { readonly password?: boolean },
  ): string | null;

  /**
   * Ask the user a question of yes or no, and wait for the answer; anything but `y` or `yes` is no.
   *
   * @throws {Error} if the cell's client takes no input
   * @example
   * if (confirm("Train for an hour?")) console.log("so be it");
   */
  function confirm(message?: string): boolean;

  /**
   * Show the user a message, and wait until it is confirmed.
   *
   * @throws {Error} if the cell's client takes no input
   */
  function alert(message?: string): void;
}

export {};
