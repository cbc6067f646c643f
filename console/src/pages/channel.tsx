import { shanghaiTime } from '@yici/domain/model';
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Flex, Tag, Typography } from 'antd';
import { BlockLink } from '../ledger/block-link.js';
import type { CertificateRow, ConfigStep, PolicyRow } from '../ledger/channel.js';
import { tones } from '../ledger/tones.js';
import { VerifiedHeads } from '../ledger/verified-heads.js';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { Facts } from '../shell/facts.js';
import { Failure } from '../shell/failed.js';
import { Rows } from '../shell/rows.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';

/** The channel as its newest config has it, decoded here: members, orderers, policies, certificates; and how it came to be. */
export default function ChannelPage() {
  const { client, session } = usePresent();
  const { data, error, refetch } = useQuery({
    queryKey: [session.user, 'channel'],
    queryFn: async () => {
      const channel = await import('../ledger/channel.js');
      const steps = await channel.readConfigs(client);
      const newest = steps.at(-1);
      if (newest === undefined) return undefined;
      const { config } = newest;
      return {
        ...{ steps, config, policies: channel.policiesOf(config) },
        ...{ peers: channel.peersOf(config), certificates: channel.certificatesOf(config) },
      };
    },
  });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  return (
    <Flex vertical gap={16}>
      <Here steps={data.steps} />
      <VerifiedHeads />
      <Members peers={data.peers} />
      <Ordering config={data.config} />
      <Certificates rows={data.certificates} />
      <Policies rows={data.policies} />
      <History steps={data.steps} />
    </Flex>
  );
}

function Here({ steps }: { readonly steps: readonly ConfigStep[] }) {
  const { t } = useWords();
  const { data } = useRead('network.get', {});
  const objections = steps.flatMap((step) => step.objections ?? []);
  const isPinned = steps.every((step) => step.objections !== undefined);
  if (data === undefined) return <Waiting />;
  const facts = [
    [t('verify.channel'), data.channel],
    [t('chain.chaincode'), data.chaincode],
    [t('chain.engine'), t(`chain.engines.${data.engine}`)],
    [t('verify.height'), String(data.height)],
    [t('chain.indexed'), String(data.indexed)],
    [t('chain.genesis'), data.genesisHash],
  ] as const;
  return (
    <Card title={t('chain.channel')}>
      <Flex vertical gap={12}>
        {isPinned ? <Config objections={objections} /> : null}
        <Facts facts={facts} />
        {data.onePointOfTrust ? (
          <Alert type="warning" showIcon title={t('chain.oneMachine')} />
        ) : null}
      </Flex>
    </Card>
  );
}

function Config({ objections }: { readonly objections: readonly string[] }) {
  const { t } = useWords();
  if (objections.length > 0)
    return (
      <Alert
        type="error"
        showIcon
        title={t('chain.configFails')}
        description={objections.join('; ')}
      />
    );
  return (
    <Alert type="success" showIcon title={t('chain.configHolds')} data-testid="config-holds" />
  );
}

interface MembersProps {
  readonly peers: readonly { readonly of: string; readonly address: string }[];
}

function Members({ peers }: MembersProps) {
  const { t } = useWords();
  const names = useNames();
  const { data } = useRead('network.get', {});
  const heights = useRead('network.heights', {});
  const heightOf = (mspId: string) =>
    heights.data?.items.find((one) => one.mspId === mspId)?.height ?? t('chain.noAnswer');
  const peersOf = (mspId: string) => peers.filter(({ of }) => of === mspId);
  return (
    <Card title={t('chain.members')} data-testid="members">
      <Typography.Paragraph type="secondary">{t('chain.heightsHow')}</Typography.Paragraph>
      <Rows
        keyOf={({ mspId }) => mspId}
        rows={data?.departments}
        columns={[
          [t('table.department'), ({ id }) => names(id)],
          ['MSP', ({ mspId }) => mspId],
          [
            t('chain.peers'),
            ({ mspId }) =>
              peersOf(mspId)
                .map(({ address }) => address)
                .join(' '),
          ],
          [t('verify.height'), ({ mspId }) => (heights.isPending ? '' : heightOf(mspId))],
        ]}
      />
    </Card>
  );
}

function Ordering({ config: { orderer, consenters } }: Pick<ConfigStep, 'config'>) {
  const { t } = useWords();
  if (orderer === undefined) return null;
  const { type, batch } = orderer;
  return (
    <Card title={t('chain.consenters')}>
      <Typography.Paragraph>
        {t('chain.ordering', {
          type,
          count: batch.maxMessageCount,
          seconds: batch.timeoutMs / 1000,
        })}
      </Typography.Paragraph>
      {consenters.length === 0 ? (
        <Typography.Text type="secondary">{t('chain.noConsenters')}</Typography.Text>
      ) : (
        <Rows
          keyOf={({ id }) => id}
          rows={consenters}
          columns={[
            ['#', ({ id }) => id],
            ['MSP', ({ mspId }) => mspId],
            [t('chain.address'), ({ host, port }) => `${host}:${port}`],
          ]}
        />
      )}
    </Card>
  );
}

const dayMilliseconds = 86_400_000;
/** A certificate that ends within so many days is shown as one to be renewed. */
const soon = 60;

function Certificates({ rows }: { readonly rows: readonly CertificateRow[] }) {
  const { t } = useWords();
  return (
    <Card title={t('chain.certificates')} data-testid="certificates">
      <Rows
        keyOf={({ of, use, subject, until }) => `${of} ${use} ${subject} ${until.toISOString()}`}
        rows={rows}
        columns={[
          ['MSP', ({ of }) => of],
          [t('chain.use'), ({ use }) => t(`chain.uses.${use}`)],
          [t('chain.subject'), ({ subject }) => subject],
          [t('chain.until'), ({ until }) => shanghaiTime(until.toISOString())],
          [t('chain.daysLeft'), ({ until }) => <DaysLeft until={until} />],
        ]}
      />
    </Card>
  );
}

function DaysLeft({ until }: { readonly until: Date }) {
  const days = Math.floor((until.getTime() - Date.now()) / dayMilliseconds);
  return <Tag color={days < 0 ? tones.bad : days < soon ? tones.soon : tones.good}>{days}</Tag>;
}

function Policies({ rows }: { readonly rows: readonly PolicyRow[] }) {
  const { t } = useWords();
  return (
    <Card title={t('chain.policies')}>
      <Rows
        keyOf={({ path }) => path}
        rows={rows}
        columns={[
          [t('chain.policy'), ({ path }) => path, 'mono'],
          [t('chain.says'), ({ text }) => text, 'mono'],
        ]}
      />
    </Card>
  );
}

function History({ steps }: { readonly steps: readonly ConfigStep[] }) {
  const { t } = useWords();
  return (
    <Card title={t('chain.history')}>
      <Rows
        keyOf={({ block }) => block}
        rows={steps}
        columns={[
          [t('table.block'), ({ block }) => <BlockLink block={block} />],
          [t('chain.sequence'), ({ config }) => String(config.sequence)],
          [t('chain.members'), ({ config }) => config.msps.size],
          [t('chain.consenters'), ({ config }) => config.consenters.length],
          [
            t('verify.verdict'),
            ({ objections }) => objections && (objections.join('; ') || t('verify.provedShort')),
          ],
        ]}
      />
    </Card>
  );
}
