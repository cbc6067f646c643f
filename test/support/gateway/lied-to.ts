import { peer } from '@hyperledger/fabric-protos';
import { ClientError, createPemSigner, YiciClient } from '@yici/client';
import type { Committed } from '@yici/client/testing';
import { encodeBlock, parseBlock, type ParsedBlock, withTransactionsFilter } from '@yici/ledger';
import { base64 } from '../../integration/gateway/support/api.js';
import { filing, seed, taskCode } from '../../integration/gateway/support/story.js';
import { openWorld, type World } from '../../integration/gateway/support/world.js';
import { delivered } from '../attacks/at-peer.js';
import { openLyingGateway, type Exchange, type Lie, type LyingGateway } from './lying-gateway.js';

/** What came of one filing through the lying gateway. */
export interface Outcome {
  readonly done?: Committed;
  readonly code?: string;
  readonly message?: string;
  readonly differs?: unknown;
  /** The signatures that left the client's hand, by what they were given for. */
  readonly signed: readonly string[];
}

/** What the liar files where a retry is asked for; undefined is the true retry. */
export type Again = () => object | undefined;

/** A network whose clerk logged in at a gateway that lies when told to. */
export interface LiedTo {
  readonly world: World;
  readonly liar: LyingGateway;
  readonly client: YiciClient;
  /** A client of the lying gateway, which is the pinned one, not logged in yet. */
  clientOf(user: string): Promise<YiciClient>;
  /** Files a case while the gateway lies, which makes a new filing of what it is asked to retry. */
  filed(lie: Lie, by?: YiciClient, again?: Again): Promise<Outcome>;
  casesOnLedger(): Promise<number>;
  /** The whole chain, as a peer has it. */
  blocks(): Promise<readonly ParsedBlock[]>;
  close(): Promise<void>;
}

export async function openLiedTo(): Promise<LiedTo> {
  const opened: { world?: World } = {};
  const liar = await openLyingGateway(() => opened.world?.url ?? '');
  const world = await openWorld({ addresses: [liar.url] });
  opened.world = world;
  await seed(world.api);
  const clientOf = async (user: string): Promise<YiciClient> => {
    const { mspId, certificatePem, keyPem } = await world.network.identity(user);
    const identity = {
      ...{ mspId, certificate: certificatePem, sign: createPemSigner(keyPem) },
      pins: {
        ...{ channel: world.network.channel, chaincode: 'yici' },
        genesisHash: world.network.genesisHash,
        gateways: [{ audience: 'door of the test', addresses: [liar.url] }],
      },
    };
    return new YiciClient({ baseUrl: liar.url, identity });
  };
  const client = await clientOf('data.clerk1');
  await client.login();
  return {
    ...{ world, liar, client, clientOf },
    filed: (lie, by = client, again = () => filing) => file(liar, lie, by, again),
    casesOnLedger: async () => {
      const path = `/v1/cases?taskCode=${taskCode}&limit=200`;
      return (await world.api.get('data.clerk1', path)).list('items').length;
    },
    blocks: () => blocksOf(world),
    close: async () => {
      await liar.close();
      await world.close();
    },
  };
}

async function blocksOf({ network }: World): Promise<readonly ParsedBlock[]> {
  const height = Number(network.height());
  const ask = { at: 'DataMSP', as: 'data.clerk1', kind: 'full', height } as const;
  return (await delivered(network, ask)).flatMap((message) => {
    const block = peer.DeliverResponse.deserializeBinary(message).getBlock();
    return block === undefined ? [] : [parseBlock(block.serializeBinary())];
  });
}

async function file(liar: LyingGateway, lie: Lie, by: YiciClient, again: Again): Promise<Outcome> {
  // Where the client asks for a retry, a new filing is what it is given.
  liar.lie(lie, (path) => {
    const body = path.endsWith('/retry') ? again() : undefined;
    return body === undefined ? undefined : { path: '/v1/cases', body };
  });
  const signed = () => liar.seen.flatMap(({ path }) => /\/(endorse|submit)$/.exec(path)?.[1] ?? []);
  try {
    const done = await by.execute('case.submit', filing, { waitSeconds: 20 });
    return { done, signed: signed() };
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const { code, message, details } = error;
    return { code, message, differs: details['differs'], signed: signed() };
  } finally {
    liar.lie(undefined);
  }
}

/** The answer with another block in its receipt; undefined when it is none. */
export function receiptOf(
  { path, answer }: Exchange,
  alter: (block: ParsedBlock) => ParsedBlock,
): Readonly<Record<string, unknown>> | undefined {
  if (!/\/receipt(\?.*)?$/.test(path)) return undefined;
  const block = alter(parseBlock(Buffer.from(String(answer['block']), 'base64')));
  return { ...answer, block: base64(encodeBlock(block)) };
}

/** A block as a receipt shows it, with every code beside it replaced by one. */
export function shownAs(block: ParsedBlock, code?: number): { number: number; block: string } {
  const codes = block.envelopes.map(() => code ?? 0);
  const shown = code === undefined ? block : withTransactionsFilter(block, codes);
  return { number: Number(block.number), block: base64(encodeBlock(shown)) };
}
