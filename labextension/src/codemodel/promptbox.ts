import type { CodeModelPlace } from "@bioengine/mime";
import { Dialog } from "@jupyterlab/apputils";
import type { TranslationBundle } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";

/** What the prompt box asks for, and what it tells before something is sent. */
export interface Prompt {
  readonly place: CodeModelPlace;
  /** All that is sent beside the request. */
  readonly instructions: string;
  /** Whether the person has agreed before that requests go to this place. */
  readonly isAgreed: boolean;
  /** The last line of the error, if a cell is to be mended; then the request may be empty. */
  readonly error?: string;
  /** What the person typed before, if nothing came of it. */
  readonly draft: string;
}

/**
 * Ask a person what a code model is to write.
 *
 * @returns null if nothing is to be sent
 */
export async function askRequest(prompt: Prompt, trans: TranslationBundle): Promise<string | null> {
  const { isAgreed, error } = prompt;
  const dialog = new PromptDialog(
    {
      title: error === undefined ? trans.__("Write a cell") : trans.__("Fix the cell"),
      body: new PromptBody(prompt, trans),
      buttons: [
        Dialog.cancelButton({ label: trans.__("Cancel") }),
        Dialog.okButton({ label: isAgreed ? trans.__("Send") : trans.__("Agree and send") }),
      ],
      focusNodeSelector: "textarea",
    },
    isAgreed,
  );
  const { button, value } = await dialog.launch();
  const request = value?.trim() ?? "";
  return button.accept && (request || error !== undefined) ? request : null;
}

/** Enter sends, once the person knows what; with Shift it begins a line, as in other chats. */
class PromptDialog extends Dialog<string> {
  constructor(
    options: Partial<Dialog.IOptions<string>>,
    private readonly isSentByEnter: boolean,
  ) {
    super(options);
    this.addClass("be-PromptDialog");
  }

  override handleEvent(event: Event): void {
    const { target } = event;
    const isEnter = event instanceof KeyboardEvent && event.type === "keydown" && event.key === "Enter";
    if (isEnter && target instanceof HTMLTextAreaElement) this.onEnter(event, target);
    else super.handleEvent(event);
  }

  private onEnter(event: KeyboardEvent, request: HTMLTextAreaElement): void {
    event.stopPropagation();
    if (event.shiftKey || event.isComposing || !this.isSentByEnter) return;
    event.preventDefault();
    if (request.checkValidity()) this.resolve();
  }
}

class PromptBody extends Widget implements Dialog.IBodyWidget<string> {
  private readonly request = document.createElement("textarea");

  constructor(prompt: Prompt, trans: TranslationBundle) {
    super();
    const { place, isAgreed, error, draft } = prompt;
    this.addClass("be-Prompt");
    const isFix = error !== undefined;
    Object.assign(this.request, { rows: 4, value: draft, required: !isFix, spellcheck: false });
    if (!isFix) this.request.placeholder = trans.__("e.g. count the nuclei that touch no edge");
    this.node.append(
      ...(isFix ? [element("p", "be-Prompt-error", error)] : []),
      element(
        "label",
        "",
        isFix ? trans.__("Anything to add? (optional)") : trans.__("What should the cell do?"),
        this.request,
      ),
      element(
        "p",
        "",
        trans.__("It goes from the notebook's kernel to %1, model %2.", place.address, place.model),
      ),
      ...cautions(place, trans).map((text) => element("p", "be-Prompt-caution", text)),
      ...(isAgreed ? [] : [element("p", "", trans.__("Nothing has been sent to this address yet."))]),
      whatIsSent(prompt, trans),
    );
  }

  getValue(): string {
    return this.request.value;
  }
}

function cautions({ exposedFile, isUnencrypted }: CodeModelPlace, trans: TranslationBundle): string[] {
  return [
    ...(exposedFile
      ? [
          trans.__(
            "Other users of the machine can read the key. Keep it to yourself: chmod 600 %1",
            exposedFile,
          ),
        ]
      : []),
    ...(isUnencrypted
      ? [trans.__("The address is not encrypted (http): others on the way can read all.")]
      : []),
  ];
}

function whatIsSent({ instructions, isAgreed, error }: Prompt, trans: TranslationBundle): HTMLElement {
  const parts = [
    trans.__("the instructions for code models"),
    trans.__("what this notebook's variables hold: names, shapes, ranges; no pixels, no texts"),
    ...(error === undefined ? [] : [trans.__("the code of the cell and its error, as they are")]),
    trans.__("your request"),
  ];
  const text = element("pre", "", instructions);
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", trans.__("The text that is sent before your request"));
  const details = element(
    "details",
    "",
    element("summary", "", trans.__("What is sent")),
    element("ul", "", ...parts.map((part) => element("li", "", part))),
    text,
  );
  details.open = !isAgreed;
  // What is the person's own is at the end.
  details.addEventListener("toggle", () => {
    text.scrollTop = text.scrollHeight;
  });
  return details;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}
