import type { AnswerOf } from '@yici/api';
import { auditVerdictWords, shanghaiTime } from '@yici/domain/model';
import { Card, Table, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { tones } from './tones.js';

type Audit = AnswerOf<'audits.list'>['items'][number];

/**
 * Up to which block others have verified, and whether what they saw there is what this gateway shows: one that hides later blocks,
 * or shows another chain, shows here.
 */
export function VerifiedHeads() {
  const { t, say } = useWords();
  const names = useNames();
  const { data } = useRead('audits.list', { limit: 10 });
  const items = data?.items ?? [];
  return (
    <Card title={t('chain.verified')} data-testid="verified-heads" loading={data === undefined}>
      <Typography.Paragraph type="secondary">
        {items.length === 0 ? t('chain.notVerified') : t('chain.verifiedHow')}
      </Typography.Paragraph>
      {items.length === 0 ? null : (
        <Table<Audit>
          size="small"
          pagination={false}
          rowKey="report"
          dataSource={[...items]}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('table.department'), render: (_, { department }) => names(department) },
            { title: t('table.at'), render: (_, { at }) => shanghaiTime(at) },
            {
              title: t('chain.upTo'),
              render: (_, { toBlock }) => <Link to={`/ledger/${toBlock}`}>{toBlock}</Link>,
            },
            {
              title: t('verify.verdict'),
              render: (_, { verdict }) => say(auditVerdictWords[verdict]),
            },
            { title: t('chain.sameHere'), render: (_, audit) => <Same audit={audit} /> },
          ]}
        />
      )}
    </Card>
  );
}

function Same({ audit: { toBlock, headerHash } }: { readonly audit: Audit }) {
  const { t } = useWords();
  const { data, error } = useRead('blocks.get', { number: toBlock });
  if (error !== null) return <Tag color={tones.bad}>{t('chain.blockMissing')}</Tag>;
  if (data === undefined || headerHash === undefined) return null;
  const same = data.hash === headerHash;
  return (
    <Tag color={same ? tones.good : tones.bad}>{t(same ? 'chain.same' : 'chain.another')}</Tag>
  );
}
