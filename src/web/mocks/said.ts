/** What a platform's own client would write in place of what it is sent. */
import type { Instant } from '../../domain/time.ts';

export interface Said {
  /** An instant by the reader's clock. */
  instant(at: Instant): string;
  call(what: 'channel' | 'somebody'): string;
}
