import { asideSignerOf } from '@yici/keys';
import { encodeIdentity } from '@yici/ledger';
import { openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import type { Logger } from 'pino';
import { GatewayError } from '../errors.js';
import { say } from '../say.js';
import type { EmbeddedEngine, GatewayConfig } from './config.js';
import type { Engine } from './engine.js';

/** The embedded network in this process; its service users become custodial accounts. */
export async function openEmbeddedEngine(
  config: GatewayConfig,
  engine: EmbeddedEngine,
  logger: Logger,
): Promise<Engine> {
  const network = await openEmbeddedNetwork({
    directory: config.state,
    listen: engine.listen,
    logger,
    ...(engine.topology === undefined ? {} : { topologyFile: engine.topology }),
    progress: (text) => process.stderr.write(`${say(text)}\n`),
  });
  try {
    return await embeddedEngine(network, engine);
  } catch (error) {
    await network.close();
    throw error;
  }
}

async function embeddedEngine(network: EmbeddedNetwork, engine: EmbeddedEngine): Promise<Engine> {
  const users = network.topology.departments.flatMap((department) => department.users);
  const user = engine.user ?? users.find((one) => one.role === 'gateway')?.name;
  if (user === undefined) {
    throw new GatewayError('CONFIG_INVALID', {
      zh: '拓扑文件中没有角色为 gateway 的用户。用 engine.user 指明。',
      en: 'The topology has no user whose role is `gateway`; name one.',
    });
  }
  const own = await network.identity(user);
  const services = users.filter((one) => one.role === 'service');
  const custodial = await Promise.all(
    services.map(async ({ name }) => ({ account: name, ...(await network.identity(name)) })),
  );
  return {
    kind: 'embedded',
    channel: network.channel,
    chaincode: network.topology.chaincode.name,
    peer: network.peer(own.mspId),
    identity: identityOf(own.mspId, own.certificatePem, own.keyPem),
    departments: new Map(
      network.topology.departments.map(({ mspId }) => [mspId, network.peer(mspId)]),
    ),
    ledgerFailure: () => ledgerFailure(network),
    user,
    custodial,
    close: () => network.close(),
  };
}

/** A few words: its message has the rest, for the log. */
function ledgerFailure(network: EmbeddedNetwork): string | undefined {
  const reason = network.failure()?.details['reason'];
  return typeof reason === 'string' ? reason : undefined;
}

function identityOf(mspId: string, certificatePem: string, keyPem: string) {
  return { creator: encodeIdentity(mspId, certificatePem), sign: asideSignerOf(keyPem) };
}
