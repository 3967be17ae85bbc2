import type { Clock } from '../app/ports.ts';
import type { TemplateTable } from '../app/template-watch.ts';
import type { Lang } from '../engine/message.ts';
import type { PrismaClient } from './generated/client.ts';

/**
 * Content ids of one WhatsApp account, by what they say (rule 19). A newer id under the same hash replaces the older.
 * Layouts need nobody's approval; a template is found only while Meta approves of it, whoever learnt that last.
 */
export function openContents(prisma: PrismaClient, sender: string, clock: Clock) {
  const account = { channel_providerId: { channel: 'whatsapp', providerId: sender } };
  const ours = { account: { channel: 'whatsapp', providerId: sender } };
  const owner = async () => (await prisma.account.findUnique({ where: account, select: { id: true } }))?.id;
  const ensured = async () =>
    (
      await prisma.account.upsert({
        where: account,
        create: ours.account,
        update: {},
      })
    ).id;
  const write = async (hash: string, content: Written) => {
    const accountId = await ensured();
    await prisma.content.upsert({
      where: { accountId_hash: { accountId, hash } },
      create: { accountId, hash, ...content },
      update: content,
    });
  };
  return {
    async find(hash: string): Promise<string | null> {
      const accountId = await owner();
      if (accountId === undefined) return null;
      const content = await prisma.content.findUnique({ where: { accountId_hash: { accountId, hash } } });
      return content?.approved ? content.sid : null;
    },
    keep: (hash: string, sid: string, { name }: { readonly name: string }) =>
      write(hash, { sid, name, approved: true, status: 'approved', reason: '', at: clock.now() }),
    templates: {
      async list() {
        const accountId = await owner();
        if (accountId === undefined) return [];
        const found = await prisma.content.findMany({ where: { accountId, key: { not: null } } });
        return found.map(({ hash, sid, name, key, lang, status, reason }) => ({
          hash,
          sid,
          name,
          key: key ?? '',
          lang: lang as Lang, // written below, from our own texts
          status,
          reason,
        }));
      },
      write: ({ hash, sid, name, key, lang, status, reason }) =>
        write(hash, {
          sid,
          name,
          key,
          lang,
          status,
          reason,
          approved: status === 'approved',
          at: clock.now(),
        }),
    } satisfies TemplateTable,
  };
}

type Written = {
  sid: string;
  name: string;
  key?: string;
  lang?: string;
  approved: boolean;
  status: string;
  reason: string;
  at: Date;
};
