import type { Delivery } from '../../app/ports.ts';
import { fitAsText, fitTo } from '../fit.ts';
import { limits } from '../limits.ts';
import { templateVariables } from './contents.ts';
import { plainForWhatsApp } from './escape.ts';

/**
 * The bodies that Twilio may list for a message, part after part: with buttons or a list, whose own words it lists
 * without the choices; with numbered lines where the layout was not to be had; as its template, the values filled in.
 */
export function formsOf({ message, template }: Omit<Delivery, 'windowOpen'>): readonly (readonly string[])[] {
  const plain = { ...message, text: plainForWhatsApp(message.text) };
  const inSession = [fitTo(plain, limits.whatsapp), fitAsText(plain, limits.whatsapp)];
  const forms = inSession.map(({ leading, last }) => [...leading, last]);
  if (template) {
    const values = templateVariables(template);
    forms.push([template.body.replace(/\{\{(\d+)\}\}/g, (_, name: string) => values[name] ?? '')]);
  }
  return forms;
}
