import { clearBorder } from "bioengine";

const whole = clearBorder(labels);
whole;
