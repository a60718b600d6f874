/** Where a server answered with an error status. */
export interface HttpErrorDetails {
  readonly status: number;
  /** The URL that was asked. */
  readonly url: string;
  readonly modelName?: string;
  /** The `requestId` of the call, if it had one. */
  readonly requestId?: string;
  /** What the server said, as it said it. */
  readonly serverMessage: string;
}

/** A server answered with an error: it refused the request, or the model failed. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  /** HTTP status, e.g. 400. */
  readonly status: number;
  /** The URL that was asked. */
  readonly url: string;
  declare readonly modelName?: string;
  /** The `requestId` of the call, if it had one. */
  declare readonly requestId?: string;
  /** What the server said, as it said it. */
  readonly serverMessage: string;

  constructor(message: string, details: HttpErrorDetails) {
    super(message);
    this.status = details.status;
    this.url = details.url;
    // What is unknown is no property: it would be printed below the message.
    const { modelName, requestId } = details;
    if (modelName !== undefined) this.modelName = modelName;
    if (requestId !== undefined) this.requestId = requestId;
    this.serverMessage = details.serverMessage;
  }
}

/** No answer: the server is not there, or the connection broke. `cause` has the reason. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  /** The server that was asked. */
  readonly serverUrl: string;

  constructor(message: string, serverUrl: string, options?: { cause?: unknown }) {
    super(message, options);
    this.serverUrl = serverUrl;
  }
}

/** The answer did not come within `timeoutMs`. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  /** The limit that was set, in ms. */
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number) {
    super(message);
    this.timeoutMs = timeoutMs;
  }
}

/** The inputs are not what the model takes; nothing was sent. The message shows the corrected line. */
export class InputError extends TypeError {
  override readonly name = "InputError";
}

/** What came is not what the protocol says: the server is no Triton server, or the answer was cut. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** A request that a server must refuse; the message is what it answers. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  /** The HTTP status to answer with. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
