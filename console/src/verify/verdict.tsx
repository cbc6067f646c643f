import { Button, Card, Flex, Result, Typography } from 'antd';
import type { AuditRunReport } from '@yici/client/web';
import { saveFile } from '../documents/save.js';
import { BlockLink } from '../ledger/block-link.js';
import { useSession } from '../session/session.js';
import { Copied } from '../shell/copied.js';
import { Facts } from '../shell/facts.js';
import { Rows } from '../shell/rows.js';
import { useAct } from '../signing/act.js';
import { useWords } from '../words/language.js';
import type { VerifyFinding, VerifyReport } from './messages.js';

/** What `yici audit verify` says of the same blocks, in its words. */
export function Verdict({ report }: { readonly report: VerifyReport }) {
  const { t } = useWords();
  const { verdict, findings, transactions, signatures, height, codes, headerHash, run } = report;
  const { present } = useSession();
  const counted = Object.entries(codes).map(([name, count]) => `${name} ${count}`);
  return (
    <Card data-testid="verdict">
      <Result
        status={verdict === 'VERIFIED' ? 'success' : 'error'}
        title={`${t(`verify.verdicts.${verdict}`)} ${verdict}`}
        subTitle={`${t('verify.transactions', { count: transactions })} · ${t('verify.signatures', { count: signatures })}`}
      />
      <Flex vertical gap={16}>
        <Facts
          facts={[
            [t('verify.channel'), report.channel],
            [t('verify.height'), height],
            [t('table.code'), counted.join(' · ')],
            [t('verify.head'), <Copied key="head" text={headerHash ?? ''} />],
          ]}
        />
        <Typography.Text type="secondary">{t('verify.bounds')}</Typography.Text>
        {run === undefined ? null : (
          <Flex gap={8}>
            <Button onClick={() => saveFile('report.json', `${JSON.stringify(run)}\n`)}>
              {t('verify.save')}
            </Button>
            {present?.session.role === 'supervisor' ? <Record report={run} /> : null}
          </Flex>
        )}
        {findings.length === 0 ? null : <Findings findings={findings} />}
      </Flex>
    </Card>
  );
}

/** What it came to, signed by the supervisor and on the ledger for everybody: `yici audit verify --record`. */
function Record({ report }: { readonly report: AuditRunReport }) {
  const { t } = useWords();
  const act = useAct();
  return (
    <Button
      data-testid="record"
      onClick={() => {
        void import('@yici/client/web').then(({ recordOf }) =>
          act('audit.record', { ...recordOf(report) }),
        );
      }}
    >
      {t('verify.record')}
    </Button>
  );
}

function Findings({ findings }: { readonly findings: readonly VerifyFinding[] }) {
  const { t, say } = useWords();
  return (
    <Rows
      title={t('verify.found', { count: findings.length })}
      keyOf={(row) => JSON.stringify(row)}
      rows={findings}
      columns={[
        [t('verify.finding'), ({ code }) => code],
        [t('table.block'), ({ block }) => <BlockLink block={block} />],
        [t('verify.position'), ({ tx }) => tx],
        [t('verify.detail'), ({ detail }) => say(detail)],
      ]}
    />
  );
}
