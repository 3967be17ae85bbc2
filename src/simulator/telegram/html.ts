export type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
};
export type Parsed =
  | { readonly ok: true; readonly text: string; readonly entities: readonly Entity[] }
  | { readonly ok: false; readonly why: string };

const kinds: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Reads Telegram's HTML dialect as the server does, with its own words for what is wrong. */
export function parseHtml(source: string): Parsed {
  const open: { tag: string; offset: number; url?: string }[] = [];
  const entities: Entity[] = [];
  let text = '';
  let at = 0;
  const bytes = () => Buffer.byteLength(source.slice(0, at));
  while (at < source.length) {
    const rest = source.slice(at);
    if (rest[0] === '&') {
      const reference = /^&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/i.exec(rest);
      const [whole, decimal, hex, name] = reference ?? [];
      const character =
        decimal !== undefined
          ? String.fromCodePoint(Number(decimal))
          : hex !== undefined
            ? String.fromCodePoint(Number.parseInt(hex, 16))
            : name === undefined
              ? undefined
              : named[name];
      // Unknown references stay as they are typed.
      text += character ?? '&';
      at += character !== undefined && whole !== undefined ? whole.length : 1;
      continue;
    }
    if (rest[0] !== '<') {
      text += rest[0];
      at += 1;
      continue;
    }
    const tag = /^<(\/?)([a-z0-9-]*)((?:\s+[^<>]*)?)>/i.exec(rest);
    const name = (tag?.[2] ?? /^<\/?([a-z0-9-]*)/i.exec(rest)?.[1] ?? '').toLowerCase();
    if (!tag || kinds[name] === undefined)
      return tag?.[1] === '/'
        ? { ok: false, why: `Unexpected end tag at byte offset ${bytes()}` }
        : { ok: false, why: `Unsupported start tag "${name}" at byte offset ${bytes()}` };
    if (tag[1] === '/') {
      const last = open.pop();
      if (!last) return { ok: false, why: `Unexpected end tag at byte offset ${bytes()}` };
      if (last.tag !== name)
        return {
          ok: false,
          why: `Unmatched end tag at byte offset ${bytes()}, expected "</${last.tag}>", found "</${name}>"`,
        };
      const length = text.length - last.offset;
      const url = last.url === undefined ? {} : { url: last.url };
      if (length > 0) entities.push({ type: kinds[name] ?? name, offset: last.offset, length, ...url });
    } else {
      const url = name === 'a' ? /href="([^"]*)"/.exec(tag[3] ?? '')?.[1] : undefined;
      open.push({ tag: name, offset: text.length, ...(url === undefined ? {} : { url }) });
    }
    at += tag[0].length;
  }
  const unclosed = open.pop();
  if (unclosed) return { ok: false, why: `Can't find end tag corresponding to start tag "${unclosed.tag}"` };
  return { ok: true, text, entities };
}

const reserved = new Set('>#+-=|{}.!()[]');

/** Enough of MarkdownV2 to refuse what the server refuses: a reserved character without its backslash. */
export function parseMarkdownV2(source: string): Parsed {
  let text = '';
  const marks: string[] = [];
  const withoutLinks = source.replace(/\[((?:[^\]\\]|\\.)*)\]\((?:[^)\\]|\\.)*\)/g, '$1');
  for (let at = 0; at < withoutLinks.length; at += 1) {
    const character = withoutLinks[at] ?? '';
    if (character === '\\') {
      at += 1;
      text += withoutLinks[at] ?? '';
    } else if ('*_~`'.includes(character)) {
      if (marks.at(-1) === character) marks.pop();
      else marks.push(character);
    } else if (reserved.has(character)) {
      return {
        ok: false,
        why: `Character '${character}' is reserved and must be escaped with the preceding '\\'`,
      };
    } else text += character;
  }
  if (marks.length > 0)
    return { ok: false, why: `Can't find end of the entity starting at byte offset ${source.length}` };
  return { ok: true, text, entities: [] };
}
