import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answerInTime } from '../../src/coordinator/answer-in-time.ts';

/** What Slack got, in order. */
function slackSide() {
  const got: string[] = [];
  return {
    got,
    ack: async (answer?: string) => void got.push(`ack ${answer ?? 'empty'}`),
    ways: {
      now: (done: string) => done,
      later: async (done: string) => void got.push(`later ${done}`),
      meanwhile: 'wait',
      failed: 'sorry',
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const inMs = (ms: number) => new Promise<string>((resolve) => setTimeout(() => resolve('done'), ms));

describe('the three seconds of Slack', () => {
  test('what is ready in time is the acknowledgement itself', async () => {
    const { got, ack, ways } = slackSide();
    const answered = answerInTime(inMs(1_000), ack, ways);
    await vi.advanceTimersByTimeAsync(1_000);
    await answered;
    expect(got).toEqual(['ack done']);
  });

  test('what is late is acknowledged before, and said after', async () => {
    const { got, ack, ways } = slackSide();
    const answered = answerInTime(inMs(9_000), ack, ways);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(got).toEqual(['ack wait']);
    await vi.advanceTimersByTimeAsync(6_500);
    await answered;
    expect(got).toEqual(['ack wait', 'later done']);
  });

  test('a failure is acknowledged as one, and thrown', async () => {
    const { got, ack, ways } = slackSide();
    await expect(answerInTime(Promise.reject(new Error('database')), ack, ways)).rejects.toThrow('database');
    expect(got).toEqual(['ack sorry']);
  });
});
