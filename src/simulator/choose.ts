import type { Entry, SeenChoice } from './people.ts';

export type Wanted = {
  readonly label?: string | undefined;
  readonly id?: string | undefined;
  readonly index?: number | undefined;
};

/** The choice that is meant: by id, by label (letter case does not matter), or by place, counted from 0. */
export function chooseFrom(
  choices: readonly SeenChoice[],
  { id, label, index }: Wanted,
): SeenChoice | undefined {
  if (id !== undefined) return choices.find((choice) => choice.id === id || choice.slack?.actionId === id);
  if (label !== undefined) {
    const plain = (text: string) => text.trim().toLowerCase();
    return (
      choices.find((choice) => choice.label === label) ??
      choices.find((choice) => plain(choice.label) === plain(label))
    );
  }
  return index === undefined ? undefined : choices[index];
}

/** The newest message on the phone that offers what is wanted. */
export function findPressable(
  log: readonly Entry[],
  wanted: Wanted,
): { readonly entry: Entry; readonly choice: SeenChoice } | undefined {
  for (const entry of [...log].reverse()) {
    if (entry.from !== 'product' || entry.deleted || entry.choices.length === 0) continue;
    const choice = chooseFrom(entry.choices, wanted);
    if (choice) return { entry, choice };
    // A place counts in the newest message with choices only.
    if (wanted.index !== undefined) return undefined;
  }
  return undefined;
}
