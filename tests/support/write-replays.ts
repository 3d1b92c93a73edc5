/** `npm run replays`: writes into `docs/calendar.md` and `docs/teams-story.md` what their channels read today. */
import { writeStory } from './a-coalition.ts';
import { writeReplays } from './replays.ts';

await writeReplays();
await writeStory();
