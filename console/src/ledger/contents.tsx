import { Alert, Card, Flex, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { jsonIn } from '../documents/json-in.js';
import { useNames } from '../session/names.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import type { NamespaceRows, WriteRow, ReadRow } from './decode.js';
import type { ShownTransaction } from './transaction.js';

/** What a transaction's bytes say: who endorsed it, what it had read, what it writes. */
export function Contents({ decoded, report, txId }: ShownTransaction & { readonly txId: string }) {
  const { t } = useWords();
  const names = useNames();
  const { args, endorsers, namespaces, event, refusal } = decoded;
  return (
    <Flex vertical gap={16}>
      {report === undefined ? null : (
        <Alert
          type="success"
          showIcon
          data-testid="checked"
          title={t('chain.checked', { orderers: report.orderers.map(names).join(' ') })}
          action={<Link to={`/verify?tx=${txId}`}>{t('menu.verify')}</Link>}
        />
      )}
      {refusal === undefined ? null : <Alert type="error" showIcon title={refusal} />}
      <Card title={t('verify.endorsers')} data-testid="endorsers">
        <Flex gap={8} wrap>
          {endorsers.map((signer) => (
            <Tag key={JSON.stringify(signer)}>{`${names(signer.mspId)} ${signer.name}`}</Tag>
          ))}
        </Flex>
      </Card>
      {args.length === 0 ? null : (
        <Card title={t('chain.input')}>
          <Json text={args.slice(1).join('\n')} />
        </Card>
      )}
      {namespaces.map((namespace) => (
        <Namespace key={namespace.name} namespace={namespace} />
      ))}
      {event === undefined ? null : (
        <Card title={`${t('table.act')} ${event.name}`}>
          <Json text={event.payload} />
        </Card>
      )}
    </Flex>
  );
}

function Namespace({ namespace }: { readonly namespace: NamespaceRows }) {
  const { t } = useWords();
  const { name, reads, ranges, writes, policies, collections } = namespace;
  return (
    <Card title={`${t('chain.rwset')} ${name}`} data-testid="rwset">
      <Flex vertical gap={16}>
        {reads.length === 0 ? null : <Reads reads={reads} />}
        {ranges.length === 0 ? null : <Lines title={t('chain.ranges')} lines={ranges} />}
        {writes.length === 0 ? null : <Writes writes={writes} />}
        {policies.length === 0 ? null : <Lines title={t('chain.keyPolicies')} lines={policies} />}
        {collections.length === 0 ? null : (
          <Lines
            title={t('chain.private')}
            lines={collections.map((each) => t('chain.collection', { ...each }))}
          />
        )}
      </Flex>
    </Card>
  );
}

function Reads({ reads }: { readonly reads: readonly ReadRow[] }) {
  const { t } = useWords();
  return (
    <Rows
      title={t('chain.reads', { count: reads.length })}
      keyOf={({ key }) => key}
      rows={reads}
      columns={[
        [t('chain.key'), ({ key }) => key, 'mono'],
        [
          t('chain.version'),
          ({ version }) =>
            version === '' ? (
              t('chain.absent')
            ) : (
              <Link to={`/ledger/${version.split('-')[0] ?? ''}`}>{version}</Link>
            ),
        ],
      ]}
    />
  );
}

function Writes({ writes }: { readonly writes: readonly WriteRow[] }) {
  const { t } = useWords();
  return (
    <Rows
      title={t('chain.writes', { count: writes.length })}
      keyOf={({ key }) => key}
      rows={writes}
      more={({ value, isDelete }) => (isDelete ? undefined : <Json text={value} />)}
      columns={[
        [t('chain.key'), ({ key }) => key, 'mono'],
        [t('chain.change'), ({ isDelete }) => t(isDelete ? 'chain.deleted' : 'chain.written')],
      ]}
    />
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      {lines.map((line) => (
        <div key={line} className="mono">
          {line}
        </div>
      ))}
    </div>
  );
}

/** JSON indented; other text as it is. */
function Json({ text }: { readonly text: string }) {
  return (
    <pre
      className="mono"
      style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      // It scrolls where a phone is narrow.
      tabIndex={0}
    >
      {pretty(text)}
    </pre>
  );
}

function pretty(text: string): string {
  const value = jsonIn(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}
