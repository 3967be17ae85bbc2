import type { Lang } from '../engine/message.ts';

/** One text as translation tools exchange it. `approved`: a person has read it and stands by it. */
export type Unit = {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  readonly note: string;
  readonly approved: boolean;
};

/** XLIFF 1.2, which every translation tool reads: one `<file>` for each file of texts. */
export function writeXliff(
  units: readonly (Unit & { readonly file: string })[],
  from: Lang,
  to: Lang,
): string {
  const files = new Map<string, (typeof units)[number][]>();
  for (const unit of units) files.set(unit.file, [...(files.get(unit.file) ?? []), unit]);
  const bodies = [...files].map(
    ([file, own]) =>
      `  <file original="${escaped(file)}" source-language="${from}" target-language="${to}" datatype="plaintext">\n    <body>\n${own.map(unitXml).join('')}    </body>\n  </file>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n${bodies.join('')}</xliff>\n`;
}

/**
 * The units of an XLIFF 1.2 file. Throws, with the reason, on what is none or what a file of plain texts has no need
 * of (a document type, markup inside a text): a text would come back other than it was read.
 */
export function readXliff(xml: string): readonly Pick<Unit, 'key' | 'source' | 'target' | 'approved'>[] {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('an XLIFF file with a document type is not read');
  if (!/<xliff\b/.test(xml)) throw new Error('this is no XLIFF file');
  if (!/<\/xliff>\s*$/.test(xml)) throw new Error('the file does not end in </xliff>: it was cut off');
  const plain = xml.replace(/<!--[\s\S]*?-->/g, '');
  return [...plain.matchAll(/<trans-unit\b([^>]*)>([\s\S]*?)<\/trans-unit>/g)].map(
    ([, attributes = '', body = '']) => {
      const key = attributeOf(attributes, 'id');
      if (key === undefined) throw new Error('a trans-unit without an id');
      const target = /<target\b([^>]*?)(?:\/>|>([\s\S]*?)<\/target>)/.exec(body);
      const state = attributeOf(target?.[1] ?? '', 'state');
      return {
        key,
        source: textIn(/<source\b[^>]*>([\s\S]*?)<\/source>/.exec(body)?.[1] ?? '', key),
        target: textIn(target?.[2] ?? '', key),
        approved:
          attributeOf(attributes, 'approved') === 'yes' || state === 'final' || state === 'signed-off',
      };
    },
  );
}

function unitXml({ key, source, target, note, approved }: Unit): string {
  const state = approved ? 'final' : target === '' ? 'new' : 'needs-review-translation';
  return [
    `      <trans-unit id="${escaped(key)}" approved="${approved ? 'yes' : 'no'}" xml:space="preserve">`,
    `        <source>${escaped(source)}</source>`,
    `        <target state="${state}">${escaped(target)}</target>`,
    ...(note === '' ? [] : [`        <note>${escaped(note)}</note>`]),
    '      </trans-unit>\n',
  ].join('\n');
}

function attributeOf(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : readable(value);
}

function textIn(xml: string, key: string): string {
  return xml
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => {
      if (part.startsWith('<![CDATA[')) return part.slice('<![CDATA['.length, -']]>'.length);
      if (part.includes('<')) throw new Error(`${key}: markup inside a text is not read`);
      return readable(part);
    })
    .join('');
}

const named: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&${Object.keys(named).find((name) => named[name] === sign)};`);
}

function readable(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return named[name ?? ''] ?? whole;
    },
  );
}
