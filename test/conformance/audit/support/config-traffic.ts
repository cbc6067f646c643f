import { readFileSync } from 'node:fs';
import {
  WireWriter,
  type ChannelConfig,
  decodeMspConfig,
  encodeMspConfig,
  type ConfigGroup,
} from '@yici/ledger';
import { departmentPaths } from '@yici/network/testing';
import { nativeDepartments, nativeMsp } from '../../../support/fabric-network.js';
import { editGroup, value, withValue } from '../../../support/ledger/channel.js';
import { configUpdate } from '../../../support/ledger/config-update.js';
import { revocationList, signingKey } from '../../../support/ledger/organization.js';
import { transaction } from '../../../support/ledger/transaction.js';
import { channel, type LiveChannel } from './live-channel.js';
import type { Traffic } from './traffic.js';

const revoked = 'finance.head1';

/** Changes of the channel itself: one by a majority, and by its own department a certificate's revocation. */
export async function configTraffic(traffic: Traffic, live: LiveChannel): Promise<void> {
  const [first, ...rest] = await Promise.all(
    nativeDepartments.map((id) => live.user(`${id}.admin`)),
  );
  if (first === undefined) throw new RangeError('there are departments');
  const config = await live.config();
  const tree = editGroup(config.tree, ['Orderer'], (inner) =>
    withValue(inner, 'BatchTimeout', value(new WireWriter().string(1, '70ms').finish())),
  );
  const change = { config, tree, channel };
  await traffic.offer('a new timeout by one', configUpdate({ ...change, admins: [first] }));
  await traffic.reconfigure('a new timeout', configUpdate({ ...change, admins: [first, ...rest] }));
  await live.untilConfig(config.sequence + 1n);
  const creator = await live.user(revoked);
  await revoke(traffic, live);
  const late = transaction({ creator, endorsers: [], channel, chaincode: 'lab' });
  await traffic.offer('a transaction by whom was revoked', late.envelope);
}

async function revoke(traffic: Traffic, live: LiveChannel): Promise<void> {
  const config = await live.config();
  const tree = await revocation(live, config);
  const admins = [await live.user('finance.admin')] as const;
  await traffic.reconfigure('a revocation', configUpdate({ config, tree, channel, admins }));
  await live.untilConfig(config.sequence + 1n);
}

/** The config with a list that revokes one user; an MSP stands in two groups, and Fabric wants them equal. */
async function revocation(live: LiveChannel, { tree }: ChannelConfig): Promise<ConfigGroup> {
  const { ca } = departmentPaths(live.directory, 'finance');
  const user = departmentPaths(live.directory, 'finance').user(revoked).msp.certificate;
  const text = (file: string) => readFileSync(file, 'utf8');
  const key = await signingKey(text(ca.key));
  const crl = await revocationList(text(ca.certificate), key, [text(user)]);
  const pem = `-----BEGIN X509 CRL-----\n${Buffer.from(crl).toString('base64')}\n-----END X509 CRL-----\n`;
  const edit = (inner: ConfigGroup): ConfigGroup => {
    const before = inner.values.get('MSP');
    if (before === undefined) throw new RangeError('the organization has no MSP');
    const definition = decodeMspConfig(before.value);
    const after = encodeMspConfig({ ...definition, revocationList: [Buffer.from(pem)] });
    return withValue(inner, 'MSP', { ...before, value: after });
  };
  return ['Application', 'Orderer'].reduce(
    (group, name) => editGroup(group, [name, nativeMsp.finance], edit),
    tree,
  );
}
