import type { Clock } from '../app/ports.ts';
import type { PrismaClient } from './generated/client.ts';

/** Content ids of one WhatsApp account, by what they say (rule 19). A newer id under the same hash replaces the older. */
export function openContents(prisma: PrismaClient, sender: string, clock: Clock) {
  const known = new Map<string, string>();
  const account = { channel_providerId: { channel: 'whatsapp', providerId: sender } };
  return {
    async find(hash: string): Promise<string | null> {
      const cached = known.get(hash);
      if (cached) return cached;
      const owner = await prisma.account.findUnique({ where: account, select: { id: true } });
      const content =
        owner &&
        (await prisma.content.findUnique({ where: { accountId_hash: { accountId: owner.id, hash } } }));
      if (content) known.set(hash, content.sid);
      return content?.sid ?? null;
    },
    async keep(hash: string, sid: string, { name }: { readonly name: string }): Promise<void> {
      const { id } = await prisma.account.upsert({
        where: account,
        create: { channel: 'whatsapp', providerId: sender },
        update: {},
      });
      const content = { sid, name, approved: true, at: clock.now() };
      await prisma.content.upsert({
        where: { accountId_hash: { accountId: id, hash } },
        create: { accountId: id, hash, ...content },
        update: content,
      });
      known.set(hash, sid);
    },
  };
}
