import type { AnswerOf } from '@yici/api';
import { auditVerdictWords, shanghaiTime } from '@yici/domain/model';
import { Card, Tag, Typography } from 'antd';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';
import { BlockLink } from './block-link.js';
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
        <Rows
          keyOf={({ report }) => report}
          rows={items}
          columns={[
            [t('table.department'), ({ department }) => names(department)],
            [t('table.at'), ({ at }) => shanghaiTime(at)],
            [t('chain.upTo'), ({ toBlock }) => <BlockLink block={toBlock} />],
            [t('verify.verdict'), ({ verdict }) => say(auditVerdictWords[verdict])],
            [t('chain.sameHere'), (audit) => <Same audit={audit} />],
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
