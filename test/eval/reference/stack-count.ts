import { label } from "bioengine";

const count = Number(label(stack.greater(110)).max());
console.log(count);
