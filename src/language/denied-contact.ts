import { namesOthers } from './others.ts';

/**
 * "*My husband's is* 0470 …", "*celui de mon mari est* le …": whose it is is told, and nothing offered. With the noun in
 * French, or "use" before it, it may be the one to call.
 */
export function isTheirs(text: string, from: number): boolean {
  const told = theirs.exec(text.slice(0, from).replace(/.*[,;.!?\n]/s, ''));
  return told !== null && namesOthers(told[0]);
}

const theirs =
  /(?<!\p{L})(?:(?:my|our) \p{L}{3,}(?:['’]s|s)(?: (?:number|one|phone|mobile|email|e-mail|address))? is|(?:celui|celle) d[eu] (?:mon|ma|notre) \p{L}{3,} (?:est|c['’]est))\s*(?:the|le|la|:)?\s*$/iu;

/**
 * Whether a number or an address is denied, or one of the past, by the words right beside it: "not …", "it was …",
 * "… n'est plus mon numéro", "… is my old one". The text is cut at its signs: what stands behind a comma is a remark.
 */
export function isDenied(text: string, from: number, to: number): boolean {
  const before = text.slice(0, from).replace(/.*[,;.!?\n]/s, '');
  const behind = text.slice(to);
  const beside = behind.replace(/[,;.!?\n].*/s, '');
  return old.test(before) || old.test(beside) || denies.test(before) || undone.test(behind);
}

const old =
  /(?<!\p{L})(?:old|former|previous|ancien|ancienne|anciens|kera|anymore|any more|no longer)(?!\p{L})/iu;
const denies =
  /(?<!\p{L})(?:not|isn't|isnt|pas|n'est plus|c['’ ]?est plus|ntikiri|ntabwo ari|ntago ari|si|was|were|[ée]tait|avais|had|lost|m['’ ]?a vol[ée]|perdu|used to be|stop using|avoid|[ée]vite[zr]?|(?:wrong|hacked|stolen|dead|closed|faux|mauvais|pirat[ée]e?|vol[ée]e?)(?: (?:number|one|email|e-mail|address|num[ée]ro|adresse|mail))?(?: (?:is|est))?|nt[iu]\p{L}{3,}[ae](?: kuri)?|nataye|nari mfite|nakoreshaga|sin(?:ki)?koresha|musibe|siba|mukureho|delete|remove|block|supprime[zr]?|efface[zr]?|bloque[zr]?|(?:don['’]?t|do not|never|not) (?:use|call|write(?: to)?|text|try)|(?:utilise[zr]?|appele[zr]|[ée]cri(?:vez|re)|envoye[zr]|essaye[zr]) (?:plus|pas)(?: (?:[aà]|au|sur))?)\s*(?:the|le|la|my|mon|ni|:)?\s*$/iu;
const undone =
  /^[\s,]*(?:(?:but|mais|ariko|elle|il|it|that|this|[cç]a|cela)\s+)*(?:is not|isn't|isnt|(?:it['’]?s|that['’]?s|is) (?:not|dead|wrong|old|no longer|blocked)|c['’ ]?est (?:pas|plus|faux)|n['’ ]est (?:plus|pas)|ne (?:marche|fonctionne|va|sert) (?:plus|pas)|(?:marche|fonctionne) (?:plus|pas)|bounces|(?:nobody|no one) (?:answers|picks)|no answer|sans r[ée]ponse|personne (?:ne )?r[ée]pond|(?:doesn't|does not|doesnt) (?:work|exist)|(?:is|has been|was|got|est|a [ée]t[ée]) (?:dead|stolen|lost|vol[ée]|perdu|blocked|closed|hacked|bloqu|ferm|mort|pirat|suppr|my old)|was my|[ée]tait mon|belongs to (?!me(?!\p{L}))|appartient [aà] (?!moi(?!\p{L}))|(?:is |est )?(?:out of (?:service|order|use)|hors service|off|full|plein)(?!\p{L})|stopped working|c['’ ]?est fini|(?:is|got|was|has been|est|a [ée]t[ée]) (?:cut|disconnected|deactivated|cancelled|expired|hacked|inactive|coup|d[ée]sactiv|r[ée]sili|inactif|expir)|expired|ntabwo ari|ntikiri|nti(?!mu|tw)\p{L}{2,}(?:a|o|ye)(?!\p{L})|(?:ntabwo|ntago|ntabgo) (?:iki|iga|i)?kora|ya?ribwe|yarapfuye|ya(?:ra)?funzwe|n(?:da|ara)yihinduye|na(?:ra)?yitaye)/iu;
