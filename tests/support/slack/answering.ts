/** What an acknowledgement says: a message, options for a select, or what becomes of a form. */
import { type Flaw, Refusal, refusalOf } from './answers.ts';
import { type Block, type Option, type OptionGroup, optionsOf } from './bodies.ts';
import { flawsOfOptions } from './checks.ts';
import type { Delivery } from './deliveries.ts';
import type { Gesture } from './gestures.ts';
import type { Answered, Responses } from './responses.ts';
import type { World } from './store.ts';
import type { Opened, Views } from './views.ts';

interface Submitted {
  readonly response_action?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: unknown;
}

const ACTIONS: readonly unknown[] = ['errors', 'update', 'push', 'clear'];

export function createAnswering({ world, views, responses }: { readonly world: World; readonly views: Views; readonly responses: Responses }) {
  /** Slack shows complaints beside inputs, and knows them by their blocks. */
  function flawsOfErrors(errors: Submitted['errors'], blocks: readonly Block[]): readonly Flaw[] {
    const inputs = blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []));
    const wrong = Object.entries(errors ?? {}).filter(([block, said]) => !inputs.includes(block) || said === '');
    if (Object.keys(errors ?? {}).length === 0) return [{ path: ['errors'], message: 'says no error' }];
    return wrong.map(([block]) => ({ path: ['errors', block], message: 'is no error of an input' }));
  }

  return {
    command: (where: Answered, said: unknown): void => {
      if (said !== null) responses.acknowledge(where, typeof said === 'string' ? { text: said } : { ...(said as object) });
    },
    /** The options, when Slack would show them. */
    suggestion: ({ ackMs, body, what }: Delivery): readonly Option[] => {
      if (ackMs === null) return [];
      const flaws = flawsOfOptions(body);
      if (flaws.length > 0) world.violate(what, flaws);
      if (refusalOf(flaws, 'invalid_options') !== null) return [];
      const offered = body as { readonly options?: readonly Option[]; readonly option_groups?: readonly OptionGroup[] };
      return optionsOf({ type: 'external_select', ...offered });
    },
    /** True when the person sees something of it at once. Left unsaid, the form closes. */
    submission: (one: Opened, { ackMs, body, what }: Delivery, gesture: Gesture): boolean => {
      if (ackMs === null) return false;
      const { response_action, errors, view } = (body ?? {}) as Submitted;
      if (response_action === undefined) {
        if (body !== null) world.violate(what, 'its acknowledgement needs a response_action');
        views.close(one, false);
        return views.topOf(one.root) !== undefined;
      }
      if (!ACTIONS.includes(response_action)) world.violate(what, `there is no response_action ${response_action}`);
      if (response_action === 'clear') views.close(one, true);
      if (response_action === 'errors') {
        const flaws = flawsOfErrors(errors, one.view.blocks);
        if (flaws.length > 0) world.violate(what, flaws);
        gesture.errors = errors ?? {};
      }
      if (response_action !== 'update' && response_action !== 'push') return true;
      try {
        views.answer(one, response_action, view);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        gesture.errors = { view: refusal.message };
      }
      return true;
    },
  };
}
