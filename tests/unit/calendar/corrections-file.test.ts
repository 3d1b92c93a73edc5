import { describe, expect, test } from 'vitest';
import { correctionFiles } from '../../../src/calendar/corrections-file.ts';
import { type CalendarText, loadCalendar, loadOperatorFile } from '../../../src/calendar/load.ts';
import { previewFiles } from '../../../src/calendar/preview.ts';
import { takeUp } from '../../../src/calendar/take-up.ts';
import { overlay } from '../../../src/domain/calendar/layers.ts';
import { type Correction, ownSource } from '../../../src/domain/calendar/team.ts';
import { dayWhen, minuteWhen } from '../../../src/domain/calendar/when.ts';
import { GENEVA } from '../../../src/domain/time.ts';
import { aFolder, operatorText } from './a-folder.ts';
import { aHome, NOW } from './a-home.ts';

const { facts } = loadCalendar(aFolder());
const TODAY = '2026-07-10';

function aCorrection(date: string, url = 'https://www.ohchr.org/letter', more: Partial<Correction> = {}): Correction {
  const source = ownSource(url, 'a letter', facts.sources.values());
  const certainty = source.class === 'official' ? 'published' : 'tentative';
  const of = { deadline: '50-KEN-stakeholder_submission', session: 50, state: 'KEN', kind: 'stakeholder_submission' } as const;
  return { ...of, when: dayWhen(date, GENEVA), certainty, source, note: null, made: '2026-07-09', ...more };
}

/** The calendar once the files are applied, over what was applied before. */
function applied(files: readonly CalendarText[], before: readonly CalendarText[] = []) {
  const named = new Map([...before, ...files].map((file) => [file.file, file]));
  return [...named.values()].reduce((all, file) => overlay(all, loadOperatorFile(file, all).layer), facts);
}

const kenya = (calendar: typeof facts) => calendar.sessions.get(50)?.reviews[0]?.deadlines.stakeholder_submission;

describe('Corrections from chats', () => {
  test('are a file a session that the calendar takes, with their sources and without anybody’s name', () => {
    const correction = aCorrection('2025-04-14', 'https://www.ohchr.org/letter', { when: minuteWhen('2025-04-14', '18:00', GENEVA), note: 'One week more.' });
    const { files } = correctionFiles([correction], { facts, applied: [], today: TODAY });

    expect(files.map(({ file }) => file)).toEqual(['session-50.yaml']);
    expect(files[0]?.text).toContain('# Proposed by `upr-watch calendar export-corrections`.');
    expect(files[0]?.text).toContain('url: https://www.ohchr.org/letter');
    expect(kenya(applied(files))).toMatchObject({
      when: correction.when,
      certainty: 'published',
      checked: '2026-07-09',
      known: '2026-07-09',
      note: 'One week more.',
    });
    const [source = ''] = kenya(applied(files))?.source ?? [];
    expect(applied(files).sources.get(source)).toMatchObject({ class: 'official', says: 'a letter' });
    expect(applied(files).sources.get(source)?.byTeam).toBeUndefined();
  });

  test('name a page that the calendar knows by its id', () => {
    const { files } = correctionFiles([aCorrection('2025-04-14', 'https://www.ohchr.org/')], { facts, applied: [], today: TODAY });

    expect(kenya(applied(files))?.source).toEqual(['ohchr']);
    expect(files[0]?.text).not.toContain('sources:');
  });

  test('of two teams that differ are both kept, the higher class driving', () => {
    const both = [aCorrection('2025-04-21', 'https://press.example/other'), aCorrection('2025-04-14')];
    const { files } = correctionFiles(both, { facts, applied: [], today: TODAY });
    const fact = kenya(applied(files));

    expect([fact?.when.from, fact?.certainty]).toEqual(['2025-04-14', 'published']);
    expect(JSON.stringify([fact?.disagrees, applied(files).sessions.get(50)?.deadlines.stakeholder_submission?.disagrees])).toContain('2025-04-21');
  });

  test('go on from what the operator applied for that session', () => {
    const before = [{ file: 'session-50.yaml', text: operatorText('2025-04-08', 4) }];
    const { files } = correctionFiles([aCorrection('2025-04-14')], { facts: applied([], before), applied: before, today: TODAY });

    expect(files[0]?.text).toMatch(/^version: 5$/m);
    expect(applied(files, before).sessions.get(50)?.deadlines.stakeholder_submission?.when.from).toBe('2025-04-08');
  });

  test('load in a preview, in which those that all see move', async () => {
    const { home, store, remove } = await aHome();
    await takeUp(store, home, { now: NOW, reason: 'a start' });
    const { files } = correctionFiles([aCorrection('2025-04-14')], { facts, applied: [], today: TODAY });
    const { changes } = await previewFiles(store, { home, files }, NOW);

    expect(changes).toContainEqual(expect.objectContaining({ what: 'moved', after: expect.objectContaining({ id: '50-KEN-stakeholder_submission' }) }));
    await remove();
  });
});
