/** The engine names the model in what it refuses; what fails inside has other words. */
export function isRefusal(error: unknown, name: string): error is Error {
  const refused = error instanceof RangeError || error instanceof TypeError;
  return refused && error.message.startsWith(`Cannot run ${name}: `);
}
