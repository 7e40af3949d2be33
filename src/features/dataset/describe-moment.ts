const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** When something happened, as short as it stays clear: `14:05` today, `3 Nov` this year, `3 Nov 2025` before. */
export function describeMoment(moment: number, now: number): string {
  const [then, today] = [new Date(moment), new Date(now)];
  if (then.getFullYear() !== today.getFullYear()) return dayOfYear.format(then);
  const isToday = then.getMonth() === today.getMonth() && then.getDate() === today.getDate();
  return isToday ? time.format(then) : day.format(then);
}
