import type { Kysely } from 'kysely';
import type { Bridge } from '../../domain/team/response.ts';
import type { Database } from '../tables.ts';
import type { TeamStore } from '../team-store.ts';
import { takeOut } from './erase.ts';
import type { TeamTables } from './tables.ts';

type Family = Pick<TeamStore, 'bridgesOf' | 'bridgeByCode' | 'addBridge' | 'putBridge' | 'holdBridge' | 'takeOut'>;

export function bridgeTables(db: Kysely<Database>): Family {
  return {
    bridgesOf: async (response) => {
      const rows = await db.selectFrom('bridges').selectAll().where('response_id', '=', response).orderBy('code_until').orderBy('id').execute();
      return rows.map(toBridge);
    },
    bridgeByCode: async (codeHash) => {
      const row = await db.selectFrom('bridges').selectAll().where('code_hash', '=', codeHash).executeTakeFirst();
      return row === undefined ? null : toBridge(row);
    },
    addBridge: async (bridge) => {
      await db.insertInto('bridges').values(toRow(bridge)).execute();
    },
    putBridge: async (bridge) => {
      const { id, ...row } = toRow(bridge);
      const { numUpdatedRows } = await db
        .updateTable('bridges')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', bridge.version - 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    holdBridge: async (response, { platform, installation }) => {
      // Written as it is: whoever ends it meanwhile waits, or was first.
      const { numUpdatedRows } = await db
        .updateTable('bridges')
        .set({ status: 'open' })
        .where('response_id', '=', response)
        .where('status', '=', 'open')
        .where('partner_platform', '=', platform)
        .where('partner_installation', '=', installation)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },
    takeOut: (response, { platform, installation }) => takeOut(db, { platform, id: installation }, response),
  };
}

function toRow(bridge: Bridge): TeamTables['bridges'] {
  const { owner, partner } = bridge;
  return {
    id: bridge.id,
    response_id: bridge.response,
    owner_platform: owner.platform,
    owner_installation: owner.installation,
    partner_platform: partner?.platform ?? null,
    partner_installation: partner?.installation ?? null,
    partner_channel: bridge.partnerChannel,
    owner_shows: bridge.ownerShows,
    partner_shows: bridge.partnerShows,
    status: bridge.status,
    code_hash: bridge.codeHash,
    code_until: bridge.codeUntil,
    version: bridge.version,
  };
}

function toBridge(row: TeamTables['bridges']): Bridge {
  const { partner_platform: platform, partner_installation: installation } = row;
  return {
    id: row.id,
    response: row.response_id,
    owner: { platform: row.owner_platform, installation: row.owner_installation },
    partner: platform === null || installation === null ? null : { platform, installation },
    partnerChannel: row.partner_channel,
    ownerShows: row.owner_shows,
    partnerShows: row.partner_shows,
    status: row.status,
    codeHash: row.code_hash,
    codeUntil: row.code_until,
    version: row.version,
  };
}
