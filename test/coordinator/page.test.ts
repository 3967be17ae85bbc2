import { expect, test } from 'vitest';
import { messageOf, modalOf, type Page, page } from '../../src/coordinator/page.ts';

const long = (characters: number): Page => ({
  ...page('A change', 'words'),
  pending: { deal: 'ticket.reply', input: { text: 'x'.repeat(characters) }, once: '1' },
});
const typesOf = ({ blocks }: { readonly blocks: readonly object[] }) =>
  blocks.map((block) => ('type' in block ? block.type : ''));

test('a confirmation that no button can carry is refused in words, not by Slack', () => {
  expect(typesOf(messageOf(long(100)))).toEqual(['header', 'section', 'actions']);
  expect(typesOf(messageOf(long(2000)))).toEqual(['header', 'section', 'section']);
  expect(modalOf(long(2000))).toMatchObject({ callback_id: 'desk:confirm' });
  expect(modalOf(long(3000))).toMatchObject({ callback_id: 'desk:page' });
  expect(modalOf(long(3000))).not.toHaveProperty('submit');
});

test('a long list keeps its last word, which is Confirm', () => {
  const rows = Array.from({ length: 80 }, (_, i) => ({ text: `Row ${i}` }));
  const { blocks } = messageOf({ ...long(10), rows });
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(blocks.at(-1)).toMatchObject({ type: 'actions' });
});

test('the text beside the blocks cannot become a mention', () => {
  expect(messageOf(page('A & B', '<!channel> <@U1>')).text).toBe('A &amp; B\n&lt;!channel&gt; &lt;@U1&gt;');
});
