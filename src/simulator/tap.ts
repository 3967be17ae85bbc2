export type Provider = 'telegram' | 'twilio' | 'slack';

/** One call of the product, as a test wants to read it. Never holds a token or an Authorization header. */
export type RecordedRequest = {
  readonly id: number;
  /** Machine time, ISO with milliseconds: rate budgets are measured on it. */
  readonly at: string;
  readonly provider: Provider;
  /** Telegram and Slack: the method. Twilio: a name such as `Messages.create`, `Content.create`. */
  readonly method: string;
  readonly http: string;
  readonly path: string;
  readonly contentType: string;
  /** Body and query together; form values as they came (strings), repeated ones as arrays. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Which process called: the name in its base URL, `<public url>/via/<name>`; null without one. */
  readonly via: string | null;
  /** HTTP status answered, null while unanswered or when the connection was broken. */
  status: number | null;
  /** Machine time of the answer, in ISO; null while unanswered. */
  answeredAt: string | null;
  /** The id of the message that this call made, whatever was answered afterwards; null when it made none. */
  made: string | null;
  /** The caller heard an answer, as far as we can know: its connection stood when we gave it. */
  heard: boolean;
};

export type Tap = {
  record(
    request: Omit<RecordedRequest, 'id' | 'at' | 'status' | 'answeredAt' | 'made' | 'heard'>,
  ): RecordedRequest;
  list(filter: { provider?: string; method?: string; after?: number }): readonly RecordedRequest[];
  clear(): void;
};

/** Remembers the last `capacity` calls. */
export function createTap(capacity = 5_000): Tap {
  let kept: RecordedRequest[] = [];
  let nextId = 1;
  return {
    record(request) {
      const recorded: RecordedRequest = {
        ...request,
        id: nextId++,
        at: new Date().toISOString(),
        status: null,
        answeredAt: null,
        made: null,
        heard: false,
      };
      kept.push(recorded);
      // Trimmed in strides: shifting 5,000 items at every call would show in the bench.
      if (kept.length >= capacity * 2) kept = kept.slice(-capacity);
      return recorded;
    },
    list: ({ provider, method, after = 0 }) =>
      kept
        .slice(-capacity)
        .filter(
          (request) =>
            request.id > after &&
            (provider === undefined || request.provider === provider) &&
            (method === undefined || request.method === method),
        ),
    clear: () => {
      kept = [];
    },
  };
}
