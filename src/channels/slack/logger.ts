import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../app/ports.ts';

/** The SDKs' own log lines: only warnings and errors, and of those no payloads. */
export function quietLogger(log: Log): Logger {
  const first = (words: unknown[]): string =>
    typeof words[0] === 'string' ? words[0].slice(0, 200) : 'slack sdk';
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn({ channel: 'slack' }, first(words)),
    error: (...words) => log.error({ channel: 'slack' }, first(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
