/** What is stored of a channel and of its server, and its erasure. */
import { isSameSide } from '../domain/team/task.ts';
import { type Extent, formatErased, formatEraseQuestion, formatPrivacy, type Stored } from '../message/format-privacy.ts';
import type { Store } from '../store/store.ts';
import type { Answer, Ask, Run } from './asked.ts';
import { deedId } from './buttons.ts';
import type { Deed } from './deeds.ts';
import { mayManage } from './may-manage.ts';
import { sideOf } from './team/seat.ts';

const ID = {
  back: deedId('privacy', 'back'),
  ask: { channel: deedId('privacy', 'ask-channel'), server: deedId('privacy', 'ask-server') },
  now: { channel: deedId('privacy', 'erase-channel'), server: deedId('privacy', 'erase-server') },
};

export const runPrivacy: Run = async (ask) => {
  const [channel, server] = [await storedOf(ask, 'channel'), await storedOf(ask, 'server')];
  const may = { channel: mayManage(ask), server: ask.by.may === 'all' };
  const message = formatPrivacy({ platform: ask.platform, stored: { channel, server }, may }, ID.ask, ask.voice);
  return { message, audience: 'asker', again: { command: 'privacy', options: {} }, share: null };
};

export const PRIVACY_DEEDS: Readonly<Record<string, Deed>> = {
  back: { needs: 'nothing', run: runPrivacy },
  'ask-channel': { needs: 'channel', run: (ask) => question(ask, 'channel') },
  'ask-server': { needs: 'all', run: (ask) => question(ask, 'server') },
  'erase-channel': { needs: 'channel', run: (ask) => erase(ask, 'channel') },
  'erase-server': { needs: 'all', run: (ask) => erase(ask, 'server') },
};

async function question(ask: Ask, extent: Extent): Promise<Answer> {
  const stored = await storedOf(ask, extent);
  const message = formatEraseQuestion({ platform: ask.platform, extent, stored }, { now: ID.now[extent], back: ID.back }, ask.voice);
  return { message, audience: 'asker', again: null };
}

async function erase(ask: Ask, extent: Extent): Promise<Answer> {
  const { deps, platform } = ask;
  const shared = (await deps.store.teams.of(sideOf(ask))).filter(({ response }) => !isSameSide(response.side, sideOf(ask)));
  const stored = await deps.store.transaction((store) => store.installations.erase(...placeOf(ask, extent)), 'planning');
  // Cards of others say what is free again.
  for (const { response } of shared) await deps.teamwork.refresh(response.id);
  const scrubbed = await scrub(ask);
  deps.channelsChanged();
  deps.log.info({ platform, ...stored }, 'What was stored of a place was erased, as somebody there asked');
  return { message: formatErased({ platform, extent, stored, scrubbed }, ask.voice), audience: 'asker', again: null };
}

/** False when it failed: what was erased stays erased. */
async function scrub({ deps, platform }: Ask): Promise<boolean> {
  try {
    await deps.store.scrub();
    return true;
  } catch (cause) {
    deps.log.error({ err: cause, platform }, 'After an erasure the files of the database could not be cleaned; the next one cleans them');
    return false;
  }
}

function storedOf(ask: Ask, extent: Extent): Promise<Stored> {
  return ask.deps.store.installations.stored(...placeOf(ask, extent));
}

function placeOf({ platform, target, channelId }: Ask, extent: Extent): Parameters<Store['installations']['erase']> {
  const place = { platform, id: target.installation };
  return extent === 'channel' ? [place, channelId] : [place];
}
