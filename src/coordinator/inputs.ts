import { z } from 'zod';

/** Inputs that several deals have in common. What a button or a form carries is read by them before anything happens. */
export const date = z.iso.date();
export const byCode = z.strictObject({ code: z.string() });
export const scope = z.enum(['hands_on', 'supervised', 'teaching_only']);
