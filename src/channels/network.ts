/**
 * What a broken call says about the message: `not_sent` when no connection was ever made, so nothing can
 * have left; `unknown` for everything later, a reset or a timeout included (rule 17).
 */
export function outcomeOfBreak(error: unknown): { kind: 'not_sent' | 'unknown'; detail: string } {
  const codes = codesOf(error);
  const refused = codes.find((code) => beforeTheRequest.has(code));
  if (refused !== undefined) return { kind: 'not_sent', detail: refused };
  return { kind: 'unknown', detail: codes[0] ?? 'no_answer' };
}

const beforeTheRequest = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The SDKs wrap the error of the socket, each under another name and some of them twice. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, cause, original, error: inner, errors } = error as Record<string, unknown>; // only read, and checked below
  const own = typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? [code] : [];
  const list = Array.isArray(errors) ? errors : [];
  return [...own, ...[cause, original, inner, ...list].flatMap((each) => codesOf(each, depth + 1))];
}
