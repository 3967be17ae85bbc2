/**
 * Slack's own writing of a text, read as plain words: `<@U1>` becomes `@U1`, a link its label or address,
 * and the three escaped characters themselves.
 */
export function readSlackText(text: string): string {
  return text
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_all, mark: string, target: string, label?: string) => {
      const words = label || target;
      return mark === '' ? words.replace(/^(mailto|tel):/, '') : `${mark === '#' ? '#' : '@'}${words}`;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A plain text as Slack must be given it, so that no name can become `<!channel>` or a link. */
export function writeSlackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The date of a Slack timestamp (`1700000000.000100`, seconds), or null for anything else. */
export function dateOfTs(ts: string | undefined): Date | null {
  return ts !== undefined && /^\d+(\.\d+)?$/.test(ts) ? new Date(Math.floor(Number(ts) * 1000)) : null;
}
