import type pg from 'pg';
import list from '../domain/hospitals.json' with { type: 'json' };
import { codeIndex } from './save.ts';
import type { Seals } from './seal.ts';

/** Puts the hospitals of our list into the database, once each, with codes in the list's order. */
export async function ensureHospitals(db: pg.Pool): Promise<void> {
  const rows = list.hospitals.map(({ name, type, district, province }, i) => ({
    code: `H-${String(i + 1).padStart(3, '0')}`,
    name,
    type,
    district,
    province,
  }));
  await db.query(
    `INSERT INTO hospital (code, name, type, district, province)
     SELECT code, name, type, district, province FROM jsonb_to_recordset($1) AS x(code text, name text, type text, district text, province text)
     ON CONFLICT (code) DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

export async function hospitalId(db: pg.Pool, name: string): Promise<number | null> {
  const { rows } = await db.query<{ id: string }>('SELECT id FROM hospital WHERE name = $1', [name]);
  return rows[0] ? Number(rows[0].id) : null;
}

/** An invitation for a contact of a hospital; the same code again is the same invitation. */
export async function invite(
  db: pg.Pool,
  seals: Seals,
  { hospitalId: hospital, role, code, expiresAt }: { hospitalId: number; role: string; code: string; expiresAt: Date },
): Promise<void> {
  await db.query('INSERT INTO invitation (code_index, hospital_id, role, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT (code_index) DO NOTHING', [
    codeIndex(seals, 'invitation', code),
    hospital,
    role,
    expiresAt,
  ]);
}
