/** `npm run replays`: writes into `docs/calendar.md` what its channels read today. */
import { writeReplays } from './replays.ts';

await writeReplays();
