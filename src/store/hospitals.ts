import list from '../domain/hospitals.json' with { type: 'json' };
import type { PrismaClient } from './generated/client.ts';
import { codeIndex } from './save.ts';
import type { Seals } from './seal.ts';

/** Puts the hospitals of our list into the database, once each, with codes in the list's order. */
export async function ensureHospitals(prisma: PrismaClient): Promise<void> {
  const data = list.hospitals.map(({ name, type, district, province }, i) => ({
    code: `H-${String(i + 1).padStart(3, '0')}`,
    name,
    type,
    district,
    province,
  }));
  await prisma.hospital.createMany({ data, skipDuplicates: true });
}

export async function hospitalId(prisma: PrismaClient, name: string): Promise<number | null> {
  const found = await prisma.hospital.findFirst({ where: { name }, select: { id: true } });
  return found && Number(found.id);
}

/** An invitation for a contact of a hospital; the same code again is the same invitation. */
export async function invite(
  prisma: PrismaClient,
  seals: Seals,
  {
    hospitalId: hospital,
    role,
    code,
    expiresAt,
  }: { hospitalId: number; role: string; code: string; expiresAt: Date },
): Promise<void> {
  const invitation = {
    codeIndex: new Uint8Array(codeIndex(seals, 'invitation', code)),
    hospitalId: BigInt(hospital),
    role,
    expiresAt,
  };
  await prisma.invitation.createMany({ data: [invitation], skipDuplicates: true });
}
