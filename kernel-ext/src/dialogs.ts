import type { Input } from "./input";

/** What a console sends as the answer when the user ends the input. */
const END_OF_INPUT = "\x04";

/** The dialogs that browsers have, as cells call them; `globals.ts` describes them. */
export interface Dialogs {
  readonly prompt: typeof prompt;
  readonly confirm: typeof confirm;
  readonly alert: typeof alert;
}

/** The dialogs, as lines that a client asks for. */
export function dialogsThrough(input: Input): Dialogs {
  return {
    prompt: (message = "", defaultValue = "", { password = false } = {}) => {
      const question = [message, defaultValue && `[${defaultValue}]`].filter(Boolean).join(" ");
      const answer = input.ask(`${question} `.trimStart(), password);
      return answer === END_OF_INPUT ? null : answer || defaultValue;
    },
    confirm: (message = "") => /^y(es)?$/i.test(input.ask(`${message} [y/N] `.trimStart(), false).trim()),
    alert: (message = "") => {
      input.ask(`${message} [Enter] `.trimStart(), false);
    },
  };
}
