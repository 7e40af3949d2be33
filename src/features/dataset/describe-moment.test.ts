import { expect, it } from 'vitest';
import { describeMoment } from './describe-moment';

it('says the time today, the day this year, and the year before that', () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  expect(describeMoment(new Date(2026, 10, 22, 9, 5).getTime(), now)).toBe('09:05');
  expect(describeMoment(new Date(2026, 10, 21, 23, 59).getTime(), now)).toBe('21 Nov');
  expect(describeMoment(new Date(2026, 9, 22, 15, 0).getTime(), now)).toBe('22 Oct');
  expect(describeMoment(new Date(2025, 10, 22, 15, 0).getTime(), now)).toBe('22 Nov 2025');
});
