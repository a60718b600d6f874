import { textButton } from "../button";
import { dropdown } from "../dropdown";
import { trans } from "../translation";
import type { ImageLevels } from "./imagelevels";
import { slider } from "./slider";
import { PLAIN_TONE, type Tone } from "./tone";

/** The ends of the slider are a gamma of a quarter and of four. */
const toGamma = (value: number) => 4 ** (2 * value - 1);
const fromGamma = (gamma: number) => (Math.log(gamma) / Math.log(4) + 1) / 2;

/** The second row of a mask's toolbar: channel, black, white and gamma of the image. */
export function contrastControls(levels: ImageLevels, choose: (tone: Tone) => void): HTMLElement {
  let tone = PLAIN_TONE;
  const change = (part: Partial<Tone>) => {
    tone = { ...tone, ...part };
    black.set(tone.black);
    white.set(tone.white);
    gamma.set(fromGamma(tone.gamma));
    choose(tone);
  };
  const black = slider(trans.__("Black"), trans.__("Level of the image that shows black"), 0, (value) =>
    change({ black: value, white: Math.max(value, tone.white) }),
  );
  const white = slider(trans.__("White"), trans.__("Level of the image that shows white"), 1, (value) =>
    change({ white: value, black: Math.min(value, tone.black) }),
  );
  const gamma = slider(trans.__("Gamma"), trans.__("Lift what is dark"), 0.5, (value) =>
    change({ gamma: toGamma(value) }),
  );
  const bar = document.createElement("div");
  bar.className = "be-Mask-controls";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", trans.__("Contrast of the image"));
  const { channels } = levels;
  if (channels.length > 0) {
    const names = [trans.__("All"), ...channels.map(({ name }) => name)];
    const list = dropdown(trans.__("Channel"), trans.__("Channel of the image"), names, (position) =>
      change({ channel: position === 0 ? null : channels[position - 1].channel }),
    );
    bar.append(list.node);
  }
  bar.append(
    black.node,
    white.node,
    gamma.node,
    textButton(trans.__("Auto"), trans.__("Stretch between the 1 and 99.8 percent quantiles"), () =>
      change(levels.range(tone.channel)),
    ),
    textButton(trans.__("Reset"), trans.__("Show the image as it came"), () =>
      change({ ...PLAIN_TONE, channel: tone.channel }),
    ),
  );
  return bar;
}
