import twilio from 'twilio';

export type Form = Readonly<Record<string, string | string[]>>;

/** A form body as Twilio signs it: every field, decoded, repeated ones as a list. */
export function readForm(body: string): Form {
  const form: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const before = form[name];
    form[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return form;
}

/**
 * True when one of our auth tokens signed this request. `url` is the address as Twilio was given it: the
 * configured public base with the request's own path and query, because Host and X-Forwarded-* are the
 * caller's to choose. Two tokens are accepted while a token is being rotated.
 */
export function isSigned(
  tokens: readonly string[],
  signature: string | undefined,
  url: string,
  form: Form,
): boolean {
  if (signature === undefined) return false;
  try {
    return tokens.some((token) => twilio.validateRequest(token, signature, url, { ...form }));
  } catch {
    // The SDK throws on an address that is no URL, or on a signature of another length.
    return false;
  }
}

/** The address Twilio called, for a request as it arrived here (a path and query, or a whole URL). */
export function publicUrlOf(publicBaseUrl: string, requestUrl: string): string {
  const { pathname, search } = new URL(requestUrl, 'http://localhost');
  return `${publicBaseUrl.replace(/\/+$/, '')}${pathname}${search}`;
}
