import type { Day } from '../domain/time.ts';
import { message } from './build.ts';
import type { Voice } from './content.ts';
import { dayInline } from './dates.ts';
import { joinLines } from './inline.ts';
import type { Message } from './message.ts';

/** Says below an answer as of which day it holds, and what that means for dates that do not say from when they were known. */
export function asKnown(answer: Message, day: Day | null, { words }: Voice): Message {
  if (day === null) return answer;
  const line = words.line('answer.as-known', { day: dayInline(day, 'short', words) });
  return message({ ...answer, footer: answer.footer.length === 0 ? line : joinLines([answer.footer, line], words('separator')) });
}
