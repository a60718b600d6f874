/** Where a model failed. */
export interface ModelErrorDetails {
  readonly serverUrl: string;
  readonly modelName: string;
  /** The service that ran it, e.g. `"bioimage-io/model-runner"`. */
  readonly service: string;
  /** The id that the service gave the request. */
  readonly requestId: string | undefined;
  /** What the service said, with its traceback. */
  readonly serverMessage: string;
}

/**
 * A service took a request, and its model failed or doesn't exist: sending the same again fails again. The message
 * has the last line of the traceback, `serverMessage` the whole.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly serverUrl: string;
  readonly modelName: string;
  /** The service that ran the model. */
  readonly service: string;
  /** The id that the service gave the request; undefined if it gave none. */
  readonly requestId: string | undefined;
  /** What the service said, with its traceback. */
  readonly serverMessage: string;

  constructor(message: string, details: ModelErrorDetails) {
    super(message);
    this.serverUrl = details.serverUrl;
    this.modelName = details.modelName;
    this.service = details.service;
    this.requestId = details.requestId;
    this.serverMessage = details.serverMessage;
  }
}
