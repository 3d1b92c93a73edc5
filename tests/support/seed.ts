/** Properties draw the same worlds at every `npm test`, so that a failure is the change's; `npm run soak` draws others. */
import fc from 'fast-check';

const DEFAULT_SEED = 20_261_124;

export const SEED = Number(process.env.TEST_SEED ?? DEFAULT_SEED);

fc.configureGlobal({ seed: SEED });
