import { el, reconcile } from './dom.js';
import { dayLabel, isoDayOf } from './time.js';

/** Shows messages in their order with the day between them. `draw(message)` makes one line of the list. */
export function showLog(list, messages, { zone, now, draw, also = () => '' }) {
  const wanted = [];
  let day = '';
  for (const message of messages) {
    const at = new Date(message.at);
    const own = isoDayOf(at, zone);
    if (own !== day) {
      const label = dayLabel(at, now, zone);
      wanted.push({
        key: `day ${own} ${wanted.length}`,
        signature: label,
        make: () => el('li', { class: 'day' }, el('span', {}, label)),
      });
      day = own;
    }
    wanted.push({
      key: message.id,
      signature: `${zone} ${JSON.stringify(message)} ${also(message)}`,
      make: () => draw(message),
    });
  }
  reconcile(list, wanted);
}
