/** `npm run replays`: writes into `docs/calendar.md` what its channels read today. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPLAY_NAMES, replayText, withReplay } from './replays.ts';

const PAGE = join(import.meta.dirname, '../../docs/calendar.md');

let page = readFileSync(PAGE, 'utf8');
for (const name of REPLAY_NAMES) page = withReplay(page, name, await replayText(name));
writeFileSync(PAGE, page);
