import { shanghaiTime } from '@yici/domain/model';
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Flex, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import type { CertificateRow, ConfigStep, PolicyRow } from '../ledger/channel.js';
import { tones } from '../ledger/tones.js';
import { VerifiedHeads } from '../ledger/verified-heads.js';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { Failure } from '../shell/failed.js';
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
        {!isPinned ? null : objections.length === 0 ? (
          <Alert
            type="success"
            showIcon
            title={t('chain.configHolds')}
            data-testid="config-holds"
          />
        ) : (
          <Alert
            type="error"
            showIcon
            title={t('chain.configFails')}
            description={objections.join('; ')}
          />
        )}
        <Descriptions
          column={1}
          size="small"
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
        {data.onePointOfTrust ? (
          <Alert type="warning" showIcon title={t('chain.oneMachine')} />
        ) : null}
      </Flex>
    </Card>
  );
}

function Members({
  peers,
}: {
  readonly peers: readonly { readonly of: string; readonly address: string }[];
}) {
  const { t } = useWords();
  const names = useNames();
  const { data } = useRead('network.get', {});
  const heights = useRead('network.heights', {});
  const heightOf = (mspId: string) =>
    heights.data?.items.find((one) => one.mspId === mspId)?.height ?? t('chain.noAnswer');
  return (
    <Card title={t('chain.members')} data-testid="members">
      <Typography.Paragraph type="secondary">{t('chain.heightsHow')}</Typography.Paragraph>
      <Table
        size="small"
        pagination={false}
        rowKey="mspId"
        loading={data === undefined}
        dataSource={data?.departments ?? []}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('table.department'), render: (_, { id }) => names(id) },
          { title: 'MSP', dataIndex: 'mspId' },
          {
            title: t('chain.peers'),
            render: (_, { mspId }) =>
              peers
                .filter(({ of }) => of === mspId)
                .map(({ address }) => address)
                .join(' '),
          },
          {
            title: t('verify.height'),
            render: (_, { mspId }) => (heights.isPending ? '' : heightOf(mspId)),
          },
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
        <Table
          size="small"
          pagination={false}
          rowKey="id"
          dataSource={[...consenters]}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: '#', dataIndex: 'id' },
            { title: 'MSP', dataIndex: 'mspId' },
            { title: t('chain.address'), render: (_, { host, port }) => `${host}:${port}` },
          ]}
        />
      )}
    </Card>
  );
}

const dayMilliseconds = 86_400_000;
/** A certificate that ends within so many days is shown as one to be renewed. */
const soon = 90;

function Certificates({ rows }: { readonly rows: readonly CertificateRow[] }) {
  const { t } = useWords();
  return (
    <Card title={t('chain.certificates')} data-testid="certificates">
      <Table<CertificateRow>
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        rowKey={({ of, use, subject, until }) => `${of} ${use} ${subject} ${until.toISOString()}`}
        dataSource={[...rows]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: 'MSP', dataIndex: 'of' },
          { title: t('chain.use'), render: (_, { use }) => t(`chain.uses.${use}`) },
          { title: t('chain.subject'), dataIndex: 'subject' },
          { title: t('chain.until'), render: (_, { until }) => shanghaiTime(until.toISOString()) },
          { title: t('chain.daysLeft'), render: (_, { until }) => <DaysLeft until={until} /> },
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
      <Table<PolicyRow>
        size="small"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        rowKey="path"
        dataSource={[...rows]}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('chain.policy'), dataIndex: 'path', className: 'mono' },
          { title: t('chain.says'), dataIndex: 'text', className: 'mono' },
        ]}
      />
    </Card>
  );
}

function History({ steps }: { readonly steps: readonly ConfigStep[] }) {
  const { t } = useWords();
  return (
    <Card title={t('chain.history')}>
      <Table<ConfigStep>
        size="small"
        pagination={false}
        rowKey="block"
        dataSource={[...steps]}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('table.block'),
            render: (_, { block }) => <Link to={`/ledger/${block}`}>{block}</Link>,
          },
          { title: t('chain.sequence'), render: (_, { config }) => String(config.sequence) },
          { title: t('chain.members'), render: (_, { config }) => config.msps.size },
          { title: t('chain.consenters'), render: (_, { config }) => config.consenters.length },
          {
            title: t('verify.verdict'),
            render: (_, { objections }) =>
              objections === undefined
                ? ''
                : objections.length === 0
                  ? t('verify.provedShort')
                  : objections.join('; '),
          },
        ]}
      />
    </Card>
  );
}
