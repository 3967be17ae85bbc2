import type { Entry, Person, SeenChoice } from '../people.ts';
import { cannot, type Deed, did, mediaDefaults, type Phone } from '../phone.ts';
import { simulatedAccounts } from '../product.ts';
import type { World } from '../world.ts';
import { describeUser } from './api.ts';
import type { Push } from './push.ts';
import { describeView, fillIn, newView, replaceView } from './views.ts';
import {
  type Block,
  choicesOf,
  describeMessage,
  dmOf,
  findConversation,
  newResponseUrl,
  newSlackId,
  newTrigger,
  nextTs,
  refreshMessage,
  type SlackMessage,
  type SlackState,
  showMessage,
  type View,
} from './workspace.ts';

export type SlackPhone = Phone & {
  command(person: Person, text: string, slackChannel: string | null): Promise<Deed>;
  submit(person: Person, which: string | null, values: Readonly<Record<string, unknown>>): Promise<Deed>;
  /** Closes the modal on top. */
  close(person: Person): Promise<Deed>;
  openHome(person: Person): void;
  home(person: Person): View | undefined;
  modal(person: Person): View | undefined;
  /** What can be pressed on the home tab or in the modal. */
  choicesIn(view: View | undefined): SeenChoice[];
  pressView(
    person: Person,
    view: View,
    choice: SeenChoice,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Deed>;
};

/** A member of the workspace: writes in the direct conversation or a channel, presses, submits, commands. */
export function slackPhone(world: World, state: SlackState, push: Push): SlackPhone {
  const user = (person: Person) => ({
    id: person.address,
    username: describeUser(person).name,
    name: describeUser(person).name,
    team_id: simulatedAccounts.teamId,
  });
  const team = { id: simulatedAccounts.teamId, domain: simulatedAccounts.teamDomain };
  const interaction = (person: Person) => ({
    user: user(person),
    team,
    api_app_id: simulatedAccounts.appId,
    token: 'not-to-be-used',
    enterprise: null,
    is_enterprise_install: false,
  });

  function write(
    person: Person,
    text: string,
    where: string | null,
    threadTs: string | null,
    files?: readonly unknown[],
  ): Deed {
    const conversation = findConversation(world, where ?? person.address);
    if (!conversation) return cannot(`no Slack conversation ${where}`, 404);
    const message: SlackMessage = {
      ts: nextTs(world, state),
      channel: conversation.id,
      user: person.address,
      // What a member types arrives escaped.
      text: text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
      blocks: [],
      threadTs,
      metadata: undefined,
      onlyFor: null,
      edited: false,
      deleted: false,
      ...(files ? { files } : {}),
    };
    showMessage(world, state, message, 'person');
    const event = {
      ...describeMessage(message, false),
      ...(files ? { subtype: 'file_share' } : {}),
      channel: message.channel,
      channel_type: conversation.isDm ? 'im' : 'channel',
      event_ts: message.ts,
    };
    push.event(
      event,
      world.handed.add({ channel: 'slack', address: person.address, deed: message.ts, what: 'event' }),
    );
    return did(message.ts);
  }

  const actionOf = (choice: SeenChoice) => {
    const { type = 'button', blockId = '', actionId = '', option } = choice.slack ?? {};
    return {
      type,
      block_id: blockId,
      action_id: actionId,
      ...(type === 'button'
        ? {
            text: { type: 'plain_text', text: choice.label, emoji: true },
            ...(option === undefined ? {} : { value: option }),
          }
        : /^(multi_static_select|checkboxes)$/.test(type)
          ? { selected_options: [option] }
          : { selected_option: option }),
      action_ts: nextTs(world, state),
    };
  };

  /** Whatever a modal's acknowledgement asks for. */
  function obey(person: Person, view: View, body: unknown): void {
    const stack = state.modals.get(person.address) ?? [];
    const answer = isRecord(body) ? body : {};
    const action = answer['response_action'];
    const next = isRecord(answer['view']) ? answer['view'] : {};
    if (action === 'errors')
      view.errors = isRecord(answer['errors'])
        ? Object.fromEntries(Object.entries(answer['errors']).map(([key, value]) => [key, String(value)]))
        : {};
    else if (action === 'update') replaceView(view, next);
    else if (action === 'push') state.modals.set(person.address, [...stack, newView(next, view)]);
    else if (action === 'clear') state.modals.delete(person.address);
    else
      state.modals.set(
        person.address,
        stack.filter((each) => each !== view),
      );
    world.emit({ type: 'modal', channel: 'slack', address: person.address });
  }

  const topModal = (person: Person) => state.modals.get(person.address)?.at(-1);

  /** Slack's own words to one member. */
  function whisper(
    person: Person,
    channel: string,
    text: string,
    from: Entry['from'],
    blocks: readonly Block[] = [],
    onlyFor: string | null = person.address,
  ): void {
    showMessage(
      world,
      state,
      {
        ts: nextTs(world, state),
        channel,
        user: null,
        text,
        blocks,
        threadTs: null,
        metadata: undefined,
        onlyFor,
        edited: false,
        deleted: false,
      },
      from,
    );
  }

  return {
    say: (person, { text, thread, slackChannel }) => write(person, text, slackChannel, thread),

    press(person, entry, choice) {
      const message = state.messages.get(entry.id);
      if (!message) return cannot(`no message ${entry.id}`, 404);
      const action = actionOf(choice);
      const { id, isDm, owner } = findConversation(world, message.channel) ?? {
        id: message.channel,
        isDm: true,
        owner: person,
      };
      const payload = {
        type: 'block_actions',
        ...interaction(person),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: id,
          is_ephemeral: message.onlyFor !== null,
        },
        trigger_id: newTrigger(state, person.address),
        channel: { id, name: isDm ? 'directmessage' : owner.name },
        ...(message.onlyFor === null ? { message: describeMessage(message, false) } : {}),
        state: { values: {} },
        response_url: newResponseUrl(world, state, id, person.address, message.ts),
        actions: [action],
      };
      const handed = world.handed.add({
        channel: 'slack',
        address: person.address,
        deed: action.action_ts,
        what: 'event',
      });
      world.owe('slack', () => push.interactive(payload, handed));
      return did(action.action_ts);
    },

    async pressView(person, view, choice, values) {
      const action = actionOf(choice);
      const filled = fillIn(view, values);
      const ack = await push.interactive({
        type: 'block_actions',
        ...interaction(person),
        container: { type: 'view', view_id: view.id },
        trigger_id: newTrigger(state, person.address),
        view: describeView(view, 'values' in filled ? filled.values : {}),
        state: { values: 'values' in filled ? filled.values : {} },
        actions: [action],
      });
      return did(action.action_ts, ack.ok ? undefined : { problem: ack.why });
    },

    send(person, what) {
      if (what.kind === 'location' || what.kind === 'contact')
        return cannot(`Slack has no ${what.kind} messages`);
      const defaults = mediaDefaults[what.kind];
      const id = newSlackId('F');
      const name = what.name ?? defaults.name;
      const contentType = what.contentType ?? defaults.contentType;
      const bytes = Buffer.from(what.content ?? defaults.bytes, 'base64');
      const url = `${world.publicUrl()}/slack/files/${id}/${encodeURIComponent(name)}`;
      const info = {
        id,
        name,
        title: name,
        mimetype: contentType,
        filetype: name.split('.').at(-1),
        size: bytes.length,
        mode: 'hosted',
        user: person.address,
        url_private: url,
        url_private_download: url,
        file_access: 'visible',
      };
      state.files.set(id, { bytes, contentType, info });
      return write(person, what.caption ?? '', null, what.thread ?? null, [info]);
    },

    edit(person, entry, text) {
      const message = state.messages.get(entry.id);
      if (!message || message.user !== person.address) return cannot('only own messages can be edited');
      const previous = describeMessage(message, false);
      message.text = text;
      message.edited = true;
      refreshMessage(world, message);
      const ts = nextTs(world, state);
      push.event({
        type: 'message',
        subtype: 'message_changed',
        hidden: true,
        channel: message.channel,
        channel_type: 'im',
        ts,
        event_ts: ts,
        message: describeMessage(message, false),
        previous_message: previous,
      });
      return did(ts);
    },

    remove(person, entry) {
      const message = state.messages.get(entry.id);
      if (!message || message.user !== person.address) return cannot('only own messages can be deleted');
      const previous = describeMessage(message, false);
      message.deleted = true;
      refreshMessage(world, message);
      const ts = nextTs(world, state);
      push.event({
        type: 'message',
        subtype: 'message_deleted',
        hidden: true,
        channel: message.channel,
        channel_type: 'im',
        ts,
        event_ts: ts,
        deleted_ts: message.ts,
        previous_message: previous,
      });
      return did(ts);
    },

    react(person, entry, emoji) {
      entry.reactions = [...(entry.reactions ?? []), emoji];
      world.changed(person, entry);
      const ts = nextTs(world, state);
      push.event({
        type: 'reaction_added',
        user: person.address,
        reaction: emoji.replace(/:/g, ''),
        item: { type: 'message', channel: entry.slackChannel ?? dmOf(person.address), ts: entry.id },
        item_user: entry.from === 'product' ? simulatedAccounts.botUserId : person.address,
        event_ts: ts,
      });
      return did(ts);
    },

    read() {
      // Slack tells an app nothing of this.
    },

    setBlocked(person, blocked) {
      // The nearest thing to a block: the account is deactivated.
      person.blocked = blocked;
      return did(
        push.event({ type: 'user_change', user: describeUser(person), event_ts: nextTs(world, state) }),
      );
    },

    setOffline() {
      // Messages wait on the server; the app notices nothing.
    },

    async command(person, text, slackChannel) {
      const [name = '', ...rest] = text.trim().split(/\s+/);
      if (!/^\/[a-z0-9_-]{1,31}$/.test(name)) return cannot('a command begins with / and a name');
      const conversation = findConversation(world, slackChannel ?? person.address);
      if (!conversation) return cannot(`no Slack conversation ${slackChannel}`, 404);
      const { id: channel, isDm, owner } = conversation;
      const trigger = newTrigger(state, person.address);
      const ack = await push.command({
        token: 'not-to-be-used',
        team_id: simulatedAccounts.teamId,
        team_domain: simulatedAccounts.teamDomain,
        channel_id: channel,
        channel_name: isDm ? 'directmessage' : owner.name,
        user_id: person.address,
        user_name: describeUser(person).name,
        command: name,
        text: rest.join(' '),
        api_app_id: simulatedAccounts.appId,
        is_enterprise_install: 'false',
        response_url: newResponseUrl(world, state, channel, person.address, null),
        trigger_id: trigger,
      });
      if (!ack.ok) {
        whisper(person, channel, `${name} failed with the error "${ack.why}"`, 'provider');
        return did(trigger, { problem: ack.why });
      }
      const body = typeof ack.body === 'string' ? { text: ack.body } : isRecord(ack.body) ? ack.body : {};
      const blocks = Array.isArray(body['blocks']) ? body['blocks'].filter(isRecord) : [];
      if (typeof body['text'] === 'string' || blocks.length > 0)
        whisper(
          person,
          channel,
          String(body['text'] ?? ''),
          'product',
          blocks,
          body['response_type'] === 'in_channel' ? null : person.address,
        );
      return did(trigger);
    },

    async submit(person, which, values) {
      const stack = state.modals.get(person.address) ?? [];
      const view =
        which === null
          ? stack.at(-1)
          : stack.find(({ id, body }) => id === which || body['callback_id'] === which);
      if (!view) return cannot('no such modal is open', 404);
      const filled = fillIn(view, values);
      if ('error' in filled) return cannot(filled.error);
      const ack = await push.interactive({
        type: 'view_submission',
        ...interaction(person),
        trigger_id: newTrigger(state, person.address),
        view: describeView(view, filled.values),
        response_urls: [],
      });
      if (!ack.ok) return did(view.id, { problem: ack.why });
      obey(person, view, ack.body);
      return did(view.id, Object.keys(view.errors).length > 0 ? { errors: view.errors } : undefined);
    },

    async close(person) {
      const view = topModal(person);
      if (!view) return cannot('no modal is open', 404);
      obey(person, view, null);
      if (view.body['notify_on_close'] === true)
        await push.interactive({
          type: 'view_closed',
          ...interaction(person),
          view: describeView(view),
          is_cleared: false,
        });
      return did(view.id);
    },

    openHome(person) {
      const view = state.homes.get(person.address);
      push.event({
        type: 'app_home_opened',
        user: person.address,
        channel: dmOf(person.address),
        tab: 'home',
        event_ts: nextTs(world, state),
        ...(view ? { view: describeView(view) } : {}),
      });
    },
    home: (person) => state.homes.get(person.address),
    modal: topModal,
    // Blocks were checked and named when the view came in.
    choicesIn: (view) => choicesOf((view?.body['blocks'] ?? []) as readonly Block[]),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
