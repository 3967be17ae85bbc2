import type { Lang, Option, Param, Params } from '../engine/message.ts';
import type { Template } from './ports.ts';

/** What templates are made from: the same locale files as everything else (design §6). */
export type TemplateWords = {
  raw(lang: Lang, key: string): string | undefined;
  write(lang: Lang, param: Param): string;
};

/**
 * The WhatsApp template of a proactive text: its placeholders numbered in the order they appear, the values of
 * this message for them, and its choices with stable option ids (rule 19). Null for a text that is not one plain
 * string (a plural), which no template can say.
 *
 * Meta refuses a body that begins or ends with a variable, has two side by side, or has few words for its
 * variables. So one that begins with a value opens with a greeting, and every one closes by saying who writes and
 * how to stop it.
 */
export function templateOf(
  words: TemplateWords,
  lang: Lang,
  key: string,
  params: Params,
  options: readonly Option[],
  marketing: boolean,
): Template | null {
  const raw = rawOf(words, lang, key);
  if (raw === null) return null;
  const names: string[] = [];
  const numbered = raw.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `{{${names.indexOf(name) + 1}}}`;
  });
  const apart = numbered.replace(/\}\}(\s*)(?=\{\{)/g, (_, space: string) => `}}${space || ' '}– `);
  const [before, after] = [
    rawOf(words, lang, 'common.template.before'),
    rawOf(words, lang, 'common.template.after'),
  ];
  return {
    key,
    lang,
    variables: names.map((name) => words.write(lang, params[name] ?? '—')),
    body: `${apart.startsWith('{{') ? `${before}\n\n` : ''}${apart}\n\n${after}`,
    category: marketing ? 'MARKETING' : 'UTILITY',
    options: options
      .slice(0, 10)
      .map((option) => ({ id: option.id, title: words.write(lang, option.label ?? option.id) })),
  };
}

function rawOf(words: TemplateWords, lang: Lang, key: string): string | null {
  const raw = words.raw(lang, key);
  const fallback = raw === undefined ? null : /^fallback:(fr|en)$/.exec(raw);
  if (fallback) return words.raw(fallback[1] as Lang, key) ?? null; // the pattern admits languages only
  return raw ?? null;
}
