import { packageOf } from '@yici/network/testing';
import { approveArgs, commitArgs } from '../../../support/peer/definition.js';
import { nativeDepartments, nativeMsp } from '../../../support/fabric-network.js';
import { pair, type LiveChannel } from './live-channel.js';
import type { Traffic } from './traffic.js';

const user = 'data.clerk1';
const others = ['establishment', 'finance', 'data'] as const;
const failed = 'ENDORSEMENT_POLICY_FAILURE';

/** What honest and mistaken clients do: every code that comes of calls which honest peers endorsed. */
export async function clientsTraffic(traffic: Traffic, channel: LiveChannel): Promise<void> {
  await writes(traffic);
  await conflicts(traffic, channel);
  await keyLevel(traffic);
  await privateData(traffic);
}

async function writes(traffic: Traffic): Promise<void> {
  await traffic.call('a write', { user, name: 'put', args: ['a', '1'] });
  await traffic.call('many writes', { user, name: 'putMany', args: ['k', '12'] });
  await traffic.call('an event', { user, name: 'emit', args: ['told', 'all'] });
  await traffic.call('a query', { user, name: 'range', args: ['k', 'l'] });
  await traffic.call('a deletion', { user, name: 'del', args: ['k0003'] });
  const lone = { user, name: 'put', args: ['a', '2'], endorsers: ['finance', 'hrss'] } as const;
  await traffic.call('two of four departments', lone, failed);
}

async function conflicts(traffic: Traffic, channel: LiveChannel): Promise<void> {
  const increment = { user, name: 'increment', args: ['counter'] };
  const [first, second] = [await channel.endorse(increment), await channel.endorse(increment)];
  await traffic.submit('the first of two', first, 'VALID');
  await traffic.submit('the second of two', second, 'MVCC_READ_CONFLICT');
  const count = { user, name: 'rangeThenPut', args: ['k', 'l', 'n'] };
  const early = await channel.endorse(count);
  await traffic.call('a key in the range', { user, name: 'put', args: ['k0003x', '1'] });
  await traffic.submit('a count of a range that grew', early, 'PHANTOM_READ_CONFLICT');
}

async function keyLevel(traffic: Traffic): Promise<void> {
  const put = { user, name: 'put', args: ['guarded', 'x'] };
  const policy = ['guarded', JSON.stringify([nativeMsp.hrss])];
  await traffic.call('a key', put);
  await traffic.call('a policy of a key', { user, name: 'setPolicy', args: policy });
  await traffic.call('a guarded key without its guard', { ...put, endorsers: others }, failed);
  await traffic.call('a guarded key by its guard alone', { ...put, endorsers: ['hrss'] });
  const change = { user, name: 'setPolicy', args: ['guarded', JSON.stringify([nativeMsp.data])] };
  await traffic.call(
    'a new policy without the old guard',
    { ...change, endorsers: others },
    failed,
  );
}

async function privateData(traffic: Traffic): Promise<void> {
  const write = { user, name: 'putPrivate', args: [pair, 'p'], transient: { value: 'secret' } };
  await traffic.call('private data', { ...write, endorsers: ['finance', 'hrss'] });
  await traffic.call(
    'private data that one of the pair signed',
    { ...write, endorsers: others },
    failed,
  );
  const implicit = { ...write, args: [`_implicit_org_${nativeMsp.finance}`, 'own'] };
  await traffic.call('private data of one department', { ...implicit, endorsers: ['finance'] });
  await traffic.call(
    'private data signed by another',
    { ...implicit, endorsers: ['hrss'] },
    failed,
  );
  const pairEndorses = { user, endorsers: ['finance', 'hrss'] } as const;
  const purge = { ...pairEndorses, name: 'purgePrivate', args: [pair, 'p'] };
  await traffic.call('private data again', {
    ...write,
    args: [pair, 'q'],
    endorsers: ['finance', 'hrss'],
  });
  await traffic.call('a deletion of private data', {
    ...pairEndorses,
    name: 'delPrivate',
    args: [pair, 'q'],
  });
  await traffic.call('a purge', purge);
}

/** Departments agree on a second chaincode, at first too few of them. */
export async function lifecycleTraffic(traffic: Traffic, channel: LiveChannel): Promise<void> {
  const definition = { name: 'second', sequence: 1 };
  const { packageId } = packageOf(channel.network.topology.chaincode);
  const approval = (id: (typeof nativeDepartments)[number]) => ({
    user: `${id}.admin`,
    chaincode: '_lifecycle',
    name: 'ApproveChaincodeDefinitionForMyOrg',
    args: [approveArgs(definition, packageId)],
    endorsers: [id],
  });
  const late = await channel.endorse(approval('hrss'));
  for (const id of nativeDepartments) await traffic.call(`an approval by ${id}`, approval(id));
  await traffic.submit('an approval that came twice', late, 'MVCC_READ_CONFLICT');
  const commit = {
    user: 'data.admin',
    chaincode: '_lifecycle',
    name: 'CommitChaincodeDefinition',
    args: [commitArgs(definition)],
  };
  await traffic.call('a commit by two', { ...commit, endorsers: ['data', 'hrss'] }, failed);
  await traffic.call('a commit', { ...commit, endorsers: nativeDepartments });
  const put = { user, chaincode: 'second', name: 'put', args: ['k', 'x'] };
  await traffic.call('a write of the second chaincode', put);
}
