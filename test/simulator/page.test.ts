import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { pageRoutes } from '../../src/simulator/page/routes.tsx';
import type { PageSetup } from '../../src/simulator/page/setup.ts';
import { simulatedAccounts } from '../../src/simulator/product.ts';
import { type Hook, scene } from './scene.ts';

const eric = { channel: 'whatsapp', address: '+32470000001', name: 'Eric Mugisha', locale: 'fr' } as const;
const claudine = {
  channel: 'telegram',
  address: '510000002',
  name: 'Claudine Uwase',
  zone: 'Europe/Berlin',
} as const;
const jeanne = { channel: 'whatsapp', address: '+250788000003', name: 'Jeanne Mukamana' } as const;
const paul = { channel: 'telegram', address: '510000004', name: 'Paul Habimana' } as const;
const diane = { channel: 'slack', address: 'U0COORD', name: 'Diane Ingabire' } as const;
const setup: PageSetup = {
  people: [eric, claudine, jeanne, paul, diane],
  hints: [
    { who: eric.address, text: 'says hello.', say: 'Bonjour' },
    { who: paul.address, text: 'answers </script><b>.', say: '1' },
  ],
  commands: [
    { command: '/need', about: 'what hospitals need' },
    { command: '/today', about: 'what is open' },
  ],
};
const from = simulatedAccounts.sender;
const to = `whatsapp:${eric.address}`;

/** Debian's Chromium; on a CI machine of our own it is installed, elsewhere the machine is left as it is. */
function findChromium(): string | undefined {
  const path = '/usr/bin/chromium';
  if (existsSync(path)) return path;
  if (process.env['CI'] === 'true' && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', 'chromium'], { stdio: 'ignore' });
    if (existsSync(path)) return path;
  }
  process.stderr.write(
    '\n!!! NO CHROMIUM: the page of the simulator is NOT tested (apt-get install chromium)\n\n',
  );
  return undefined;
}
const executablePath = findChromium();

let browser: Browser;
const pages: Page[] = [];
const flags =
  'disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync';

describe.runIf(executablePath)('the page', () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: false,
      args: flags.split(' ').map((flag) => `--${flag}`),
    });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });

  /** The page over a fresh simulator. `problems` are console lines and errors of the browser: there are none. */
  async function open(
    more: Parameters<typeof scene>[0] = {},
    size = { width: 1440, height: 900 },
    look: PageSetup = setup,
  ) {
    const s = await scene(more);
    s.simulator.app.route('/', pageRoutes({ people: look }));
    const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' });
    pages.push(page);
    const problems: string[] = [];
    page.on('console', (line) => problems.push(line.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(s.url);
    await page.waitForSelector('body[data-ready]');
    const pane = (name: string) => page.locator(`[data-pane="${name}"]`);
    return { s, page, problems, pane, phone: (number: number) => pane(`phone-${number}`) };
  }
  /** Eric has written, so WhatsApp lets the product answer. */
  async function withEric(more: Parameters<typeof scene>[0] = {}) {
    const opened = await open(more);
    const field = opened.phone(1).getByRole('textbox');
    await field.fill('Bonjour');
    await field.press('Enter');
    await opened.s.hook(({ form }) => form['Body'] === 'Bonjour');
    return opened;
  }

  test('gives everybody of the setup a phone, three of them shown, and Slack beside them', async () => {
    const { s, phone, pane, problems } = await open();
    const { people } = (await s.call('GET', 'people')).body as { people: { address: string }[] };
    expect(people.map(({ address }) => address)).toEqual([
      simulatedAccounts.channel.id,
      ...setup.people.map(({ address }) => address),
    ]);
    const owners = [phone(1), phone(2), phone(3), pane('slack')].map((each) =>
      each.getAttribute('data-owner'),
    );
    expect(await Promise.all(owners)).toEqual([
      `whatsapp ${eric.address}`,
      `telegram ${claudine.address}`,
      `whatsapp ${jeanne.address}`,
      `slack ${diane.address}`,
    ]);
    expect(problems).toEqual([]);
  });

  test('what is typed arrives as a signed webhook; what comes back is words, never markup', async () => {
    const { s, phone, problems } = await withEric();
    const body = 'Bon *accueil* <img src=x onerror=alert(1)> & a_b_c';
    await s.twilio().messages.create({ to, from, body });
    const bubble = phone(1).locator('.theirs .bubble');
    await bubble.waitFor();
    expect(await bubble.locator('.text').textContent()).toBe(
      'Bon accueil <img src=x onerror=alert(1)> & a_b_c',
    );
    expect(await bubble.locator('strong').textContent()).toBe('accueil');
    expect(await bubble.locator('img').count()).toBe(0);
    // The phone is in Eric's hand: he has read it, and the sender sees that.
    await phone(1).locator('.theirs .ticks[data-state="read"]').waitFor();
    expect(problems).toEqual([]);
  });

  test('a phone that nobody holds counts what it has not read', async () => {
    const { s, page, phone } = await withEric();
    await phone(2).getByRole('textbox').click();
    await s.twilio().messages.create({ to, from, body: 'un' });
    await s.twilio().messages.create({ to, from, body: 'deux' });
    await vi.waitFor(async () => expect(await phone(1).locator('.owner .badge').textContent()).toBe('2'));
    await phone(1).getByRole('textbox').click();
    await phone(1).locator('.owner .badge').waitFor({ state: 'hidden' });
    expect(await page.locator('#live p').allTextContents()).toEqual([
      'Eric Mugisha: un',
      'Eric Mugisha: deux',
    ]);
  });

  test('a list opens, is walked and chosen by keys alone; Escape gives the focus back', async () => {
    const { s, page, phone } = await withEric();
    type NewContent = Parameters<ReturnType<typeof s.twilio>['content']['v1']['contents']['create']>[0];
    // The SDK's types want camelCase, which the API does not know.
    const list = {
      friendly_name: 'list',
      language: 'fr',
      types: {
        'twilio/list-picker': {
          body: 'Quel pays ?',
          button: 'Choisir',
          items: [
            { id: 'be', item: 'Belgique', description: 'et Bruxelles' },
            { id: 'de', item: 'Allemagne', description: 'et Berlin' },
            { id: 'nl', item: 'Pays-Bas', description: 'et La Haye' },
          ],
        },
      },
    } as unknown as NewContent;
    const { sid } = await s.twilio().content.v1.contents.create(list);
    await s.twilio().messages.create({ to, from, contentSid: sid });
    const opener = phone(1).getByRole('button', { name: 'Choisir' });
    await opener.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.sheet-row:focus').textContent()).toContain('Belgique');
    await page.keyboard.press('Escape');
    expect(await page.locator('.opens-list:focus').count()).toBe(1);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const hook = await s.hook(({ form }) => form['ListId'] !== undefined);
    expect(hook.form).toMatchObject({ ListId: 'de', ListTitle: 'Allemagne' });
    expect(await phone(1).locator('.sheet').count()).toBe(0);
  });

  test('Telegram shows typing, then buttons under the bubble, and their change, in the time of the phone', async () => {
    const { s, phone } = await open({ telegramWebhook: true });
    const api = s.bot().api;
    await api.sendChatAction(Number(claudine.address), 'typing');
    await phone(2).getByText('typing…').waitFor();
    const { message_id } = await api.sendMessage(Number(claudine.address), 'Wemera?', {
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yego', callback_data: 'q1:yes' },
            { text: 'Oya', callback_data: 'q1:no' },
          ],
        ],
      },
    });
    await phone(2).getByRole('button', { name: 'Oya' }).click();
    const hook = await s.hook(({ body }) => body.includes('callback_query'));
    expect(JSON.parse(hook.body)).toMatchObject({ callback_query: { data: 'q1:no' } });
    await api.editMessageText(Number(claudine.address), message_id, 'Oya.');
    await phone(2).getByText('edited').waitFor();
    expect(await phone(2).locator('.choice').count()).toBe(0);
    // 08:00 UTC on a winter's day in Berlin.
    expect(await phone(2).locator('.theirs time').textContent()).toBe('09:00');
  });

  test('a command is suggested, opens a modal, and its errors stand under their fields', async () => {
    const submitted: Record<string, unknown>[] = [];
    const view = {
      type: 'modal' as const,
      callback_id: 'need',
      title: { type: 'plain_text' as const, text: 'A need' },
      submit: { type: 'plain_text' as const, text: 'Save' },
      blocks: [
        {
          type: 'input',
          block_id: 'ward',
          label: text('Ward'),
          element: { type: 'plain_text_input', action_id: 'a' },
        },
        {
          type: 'input',
          block_id: 'kind',
          label: text('Kind'),
          element: {
            type: 'static_select',
            action_id: 'a',
            options: [
              { text: text('On site'), value: 'site' },
              { text: text('Online'), value: 'online' },
            ],
          },
        },
        {
          type: 'input',
          block_id: 'day',
          label: text('From'),
          optional: true,
          element: { type: 'datepicker', action_id: 'a' },
        },
      ],
    };
    const { s, page, pane, problems } = await open();
    s.answers(async (hook: Hook) => {
      if (hook.path === '/slack/commands')
        await s.slack().views.open({ trigger_id: hook.form['trigger_id'] ?? '', view });
      if (hook.path !== '/slack/interactivity') return {};
      const { state } = (
        JSON.parse(hook.form['payload'] ?? '') as { view: { state: Record<string, unknown> } }
      ).view;
      submitted.push(state);
      return submitted.length === 1
        ? { body: { response_action: 'errors', errors: { ward: 'No such ward' } } }
        : { text: '' };
    });
    const slack = pane('slack');
    await slack.getByRole('combobox', { name: /coordinators/ }).pressSequentially('/n');
    await slack.getByRole('option', { name: '/need' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const modal = slack.getByRole('dialog', { name: 'A need' });
    await modal.getByLabel('Ward').fill('Maternity');
    await modal.getByRole('button', { name: 'Save' }).click();
    await modal.getByText('Please fill this in').waitFor();
    await modal.getByLabel('Kind').selectOption('Online');
    await modal.getByLabel('From').fill('2027-09-01');
    await page.keyboard.press('Enter');
    await modal.locator('[data-block="ward"]').getByText('No such ward').waitFor();
    expect(await modal.getByLabel('Ward').inputValue()).toBe('Maternity');
    await modal.getByRole('button', { name: 'Save' }).click();
    await modal.waitFor({ state: 'detached' });
    expect(submitted.at(-1)).toMatchObject({
      values: {
        ward: { a: { value: 'Maternity' } },
        kind: { a: { selected_option: { value: 'online' } } },
        day: { a: { selected_date: '2027-09-01' } },
      },
    });
    expect(problems).toEqual([]);
  });

  test('a button of the coordinators’ channel is pressed, and a thread is answered in the thread', async () => {
    const { s, pane, page } = await open();
    const channel = simulatedAccounts.channel.id;
    const { ts = '' } = await s.slack().chat.postMessage({
      channel,
      text: 'A new need',
      blocks: [
        { type: 'section', text: text('A new need') },
        {
          type: 'actions',
          elements: [{ type: 'button', text: text('Validate'), action_id: 'ok', value: 'N-7' }],
        },
      ],
    });
    const slack = pane('slack');
    await slack.getByRole('button', { name: 'Validate' }).click();
    const press = await s.hook(({ path }) => path === '/slack/interactivity');
    expect(JSON.parse(press.form['payload'] ?? '')).toMatchObject({
      actions: [{ action_id: 'ok', value: 'N-7' }],
    });
    await slack.getByRole('button', { name: 'Reply in a thread' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Mine');
    await page.keyboard.press('Enter');
    const said = await s.hook(({ body }) => body.includes('"Mine"'));
    expect(JSON.parse(said.body)).toMatchObject({ event: { text: 'Mine', thread_ts: ts, channel } });
    await slack.getByRole('button', { name: 'Back from the thread' }).click();
    await slack.getByRole('button', { name: '1 reply' }).waitFor();
  });

  test('the home tab is asked for when it is opened', async () => {
    const { s, pane } = await open();
    s.answers(async ({ body }) => {
      if (body.includes('app_home_opened'))
        await s.slack().views.publish({
          user_id: diane.address,
          view: { type: 'home', blocks: [{ type: 'header', text: text('3 under way') }] },
        });
      return {};
    });
    await pane('slack').getByRole('button', { name: 'Intumwa' }).click();
    await pane('slack').getByRole('tab', { name: 'Home' }).click();
    await pane('slack').getByRole('heading', { name: '3 under way' }).waitFor();
  });

  test('the clock is moved by an hour, to the next morning in Kigali, and says what waits', async () => {
    const clock = { time: new Date('2026-11-23T08:00:00.000Z') };
    const control = {
      now: () => clock.time,
      moveTo: async (to: Date) => {
        clock.time = to;
      },
      settle: async () => ({ held: 2, unknown: 0 }),
      seed: async () => ({}),
    };
    const { page } = await open({ control });
    const face = page.locator('.clock-face');
    await face.getByText('10:00').waitFor();
    await page.getByRole('button', { name: '+1 h' }).click();
    await face.getByText('11:00').waitFor();
    await page.getByRole('button', { name: 'Next morning' }).click();
    await face.getByText('Tue 24 Nov 2026').waitFor();
    expect(clock.time.toISOString()).toBe('2026-11-24T06:00:00.000Z');
    await page.getByText('Waiting: 2 held back').waitFor();
    await page.getByRole('button', { name: 'To date…' }).click();
    await page.getByLabel('Day').fill('2026-12-01');
    await page.keyboard.press('Enter');
    await face.getByText('Tue 1 Dec 2026').waitFor();
    expect(clock.time.toISOString()).toBe('2026-12-01T06:00:00.000Z');
  });

  test('a hint is typed on the right phone, not sent, and is done when it is sent', async () => {
    const { page, phone, s } = await open();
    await page.getByRole('button', { name: 'Next step' }).click();
    await page.getByRole('button', { name: 'Type “1”' }).click();
    expect(await phone(1).getAttribute('data-owner')).toBe(`telegram ${paul.address}`);
    expect(await phone(1).getByRole('textbox').inputValue()).toBe('1');
    expect(s.hooks).toEqual([]);
    await page.getByRole('button', { name: 'What can I do here?' }).click();
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('.hint-list :focus').textContent()).toContain('Eric Mugisha says hello.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await s.hook(({ form }) => form['Body'] === 'Bonjour');
    await page.getByText('2 of 2').waitFor();
  });

  test('a person is added with an address that fits, and gets the phone; the other phone is given up', async () => {
    const { page, phone, s } = await open();
    await phone(3).getByRole('combobox').selectOption('Add a person…');
    const box = page.getByRole('dialog', { name: 'Add a person' });
    await box.getByLabel('Name').fill('Alice Keza');
    await box.getByLabel('Phone number').fill('abc');
    await box.getByRole('button', { name: 'Add' }).click();
    await box.getByText('address does not fit the channel').waitFor();
    await box.getByLabel('Phone number').fill('+4915100000009');
    await box.getByRole('button', { name: 'Add' }).click();
    await box.waitFor({ state: 'detached' });
    expect(await phone(3).getAttribute('data-owner')).toBe('whatsapp +4915100000009');
    expect((await s.call('GET', 'people/whatsapp/%2B4915100000009')).body['name']).toBe('Alice Keza');
    await phone(3).getByRole('combobox').selectOption({ label: 'Eric Mugisha · WhatsApp' });
    expect(await phone(1).getAttribute('data-owner')).toBe('whatsapp +4915100000009');
  });

  test('a deed that fails says why, and gives the words back', async () => {
    const { page, phone } = await open();
    await phone(1).getByRole('button', { name: 'More about this phone' }).click();
    await phone(1)
      .getByRole('button', { name: /Block Intumwa/ })
      .click();
    await phone(1).getByText('blocked').waitFor();
    await phone(1).getByRole('textbox').fill('Bonjour');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('unblock first').waitFor();
    expect(await phone(1).getByRole('textbox').inputValue()).toBe('Bonjour');
  });

  test('a narrow screen shows one phone at a time, and nothing hangs over the edge', async () => {
    const { page, phone, pane } = await open({}, { width: 390, height: 844 });
    expect(await phone(1).isVisible()).toBe(true);
    expect(await phone(2).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Eric' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    expect(await pane('slack').isVisible()).toBe(true);
    expect(await phone(1).isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true);
  });

  test('every control has a name, and every text 4.5:1 against what is behind it', async () => {
    const { s, page, phone, pane } = await withEric();
    await s.twilio().messages.create({ to, from, body: 'Bonjour à vous' });
    await s.slack().chat.postMessage({ channel: simulatedAccounts.channel.id, text: 'Bonjour' });
    await phone(1).locator('.theirs').waitFor();
    await pane('slack').locator('.line-message').waitFor();
    await page.getByRole('button', { name: 'What can I do here?' }).click();
    expect(await page.evaluate(namelessControls)).toEqual([]);
    expect(await page.evaluate(paleTexts)).toEqual([]);
  });
});

const text = (words: string) => ({ type: 'plain_text' as const, text: words });

// Run in the browser, whose types the tests do not have.
const namelessControls = `[...document.querySelectorAll('button, a, input, select, textarea')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim()))
  .map((node) => node.outerHTML)`;

const paleTexts = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((part, index) => part * a + under[index] * (1 - a));
  const behind = (node) => {
    if (!node) return [255, 255, 255];
    const color = parts(getComputedStyle(node).backgroundColor);
    return (color[3] ?? 1) === 1 ? color : over(color, behind(node.parentElement));
  };
  const pale = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !node.checkVisibility() || node.closest('.unseen, script, :disabled, #live')) continue;
    if (getComputedStyle(node).fontSize === '0px') continue;
    const back = behind(node);
    const [one, two] = [light(over(parts(getComputedStyle(node).color), back)), light(back)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < 4.5) pale.push(walk.currentNode.data.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return pale;
})()`;
