import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  apiKeysFile,
  ensureAccounts,
  importWallet,
  type Engine,
  type Gateway,
} from '@yici/gateway/testing';
import type { Answer, Api } from '../../gateway/support/api.js';
import { seed } from '../../gateway/support/story.js';
import { openWorld, type World } from '../../gateway/support/world.js';
import { Caller } from './caller.js';
import { configFile, connectionOf, engineFrom } from './connection.js';
import { writeWallet } from './wallet.js';

/** A second gateway over the same network, which knows its peers through fabric-network only. */
export interface Door {
  readonly world: World;
  readonly engine: Engine;
  readonly gateway: Gateway;
  readonly api: Api;
  readonly apiKeys: Readonly<Record<string, string>>;
  /** A command of a custodial account. */
  readonly as: (account: string, path: string, body: unknown) => Promise<Answer>;
  /** A user at the port itself. */
  readonly caller: (user: string) => Promise<Caller>;
  readonly close: () => Promise<void>;
}

/** `data.service1` comes out of a wallet, `offices.service1` from the network's own files. */
export async function openDoor(): Promise<Door> {
  const world = await openWorld({}, true);
  await seed(world.api);
  const custody = join(world.directory, 'through-sdk', 'custody');
  const wallet = join(world.directory, 'wallet');
  await writeWallet(wallet, 'data.service1', await world.network.identity('data.service1'));
  importWallet({ wallet, label: 'data.service1', custody });
  const offices = await world.network.identity('offices.service1');
  ensureAccounts(custody, [{ account: 'offices.service1', ...offices }]);
  const apiKeys = JSON.parse(readFileSync(join(custody, apiKeysFile), 'utf8')) as Door['apiKeys'];
  const connection = connectionOf(world.network, join(world.directory, 'state'));
  const engine = await engineFrom(configFile(world.directory, connection));
  const { tlsCertHash = new Uint8Array() } = engine.identity;
  const reached = Object.assign(engine.peer, { tlsCertHash });
  const gateway = await world.another('through-sdk', { engine: engine.kind }, reached);
  await gateway.caughtUp();
  const api = await world.apiOn(gateway);
  return {
    world,
    engine,
    gateway,
    api,
    apiKeys,
    as: (account, path, body) => api.call('POST', path, { body, token: apiKeys[account]! }),
    caller: async (user) =>
      new Caller(engine, world.network.channel, await world.network.identity(user)),
    close: async () => {
      await gateway.close();
      await engine.close();
      await world.close();
    },
  };
}
