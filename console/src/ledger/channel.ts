import {
  anchorPeers,
  parseBlock,
  parseCertificate,
  parseConfigBlock,
  PinnedChain,
  verifySignatureAsync,
  type ChannelConfig,
  type YiciClient,
} from '@yici/client/web';

/** A config of the channel, and whether it follows from the pin. */
export interface ConfigStep {
  readonly block: number;
  readonly config: ChannelConfig;
  /** Findings of the verifier; undefined when there is no pin to verify it from. */
  readonly objections: readonly string[] | undefined;
}

/** A policy, and what it says. */
export interface PolicyRow {
  readonly path: string;
  readonly text: string;
}

/** A certificate that the channel's config names, with its end. */
export interface CertificateRow {
  readonly of: string;
  readonly use: 'root' | 'tlsRoot' | 'consenter' | 'consenterTls';
  readonly subject: string;
  readonly until: Date;
}

/** The channel's configs from the genesis block on, each verified here from the pin that the identity has. */
export async function readConfigs(client: YiciClient): Promise<readonly ConfigStep[]> {
  const { items } = await client.read('configBlocks.list', {});
  const { genesisHash } = client;
  const chain =
    genesisHash === undefined
      ? undefined
      : new PinnedChain({ genesisHash, verify: verifySignatureAsync });
  const steps: ConfigStep[] = [];
  for (const { block } of items) {
    const bytes = Uint8Array.from(Buffer.from(block, 'base64'));
    const found = await chain?.addConfig(bytes);
    const objections = found?.map(({ code, detail }) => `${code}: ${detail}`);
    const { number } = parseBlock(bytes);
    steps.push({ block: Number(number), config: parseConfigBlock(bytes), objections });
  }
  return steps;
}

/** What the policies of a config say, by their paths. */
export const policiesOf = ({ policies }: ChannelConfig): readonly PolicyRow[] =>
  [...policies.policies].map(([name, { text }]) => ({ path: `/Channel/${name}`, text }));

/** Departments' peers, as their anchor peers are announced. */
export function peersOf({
  tree,
}: ChannelConfig): readonly { readonly of: string; readonly address: string }[] {
  const departments = tree.groups.get('Application')?.groups;
  return [...(departments ?? [])].flatMap(([of, group]) => {
    const value = group.values.get('AnchorPeers')?.value;
    if (value === undefined) return [];
    return anchorPeers
      .decode(value)
      .anchorPeers.map(({ host, port }) => ({ of, address: `${host}:${port}` }));
  });
}

/** Soonest end first. */
export function certificatesOf({ msps, consenters }: ChannelConfig): readonly CertificateRow[] {
  const roots = [...msps.values()].flatMap(({ mspId: of, definition }) => [
    ...rows(of, 'root', [...definition.rootCerts, ...(definition.intermediateCerts ?? [])]),
    ...rows(of, 'tlsRoot', definition.tlsRootCerts ?? []),
  ]);
  const ordering = consenters.flatMap(({ id, mspId, identity, serverTlsCert }) => {
    const of = mspId === '' ? `#${id}` : `${mspId} #${id}`;
    return [...rows(of, 'consenter', [identity]), ...rows(of, 'consenterTls', [serverTlsCert])];
  });
  return [...roots, ...ordering].sort((one, other) => one.until.getTime() - other.until.getTime());
}

function rows(
  of: string,
  use: CertificateRow['use'],
  certificates: readonly (Uint8Array | string)[],
): CertificateRow[] {
  return certificates.flatMap((bytes) => {
    try {
      const { subject, notAfter: until } = parseCertificate(bytes);
      return [{ of, use, subject, until }];
    } catch {
      // An etcdraft consenter has no identity of its own.
      return [];
    }
  });
}
