import { Button, Card, Descriptions, Flex, Result, Table, Typography } from 'antd';
import { Link } from 'react-router';
import type { AuditRunReport } from '@yici/client/web';
import { saveFile } from '../documents/save.js';
import { useSession } from '../session/session.js';
import { useAct } from '../signing/act.js';
import { useWords } from '../words/language.js';
import type { VerifyFinding, VerifyReport } from './messages.js';

/** What `yici audit verify` says of the same blocks, in its words. */
export function Verdict({ report }: { readonly report: VerifyReport }) {
  const { t } = useWords();
  const { verdict, findings, transactions, signatures, height, codes, headerHash, run } = report;
  const { present } = useSession();
  return (
    <Card data-testid="verdict">
      <Result
        status={verdict === 'VERIFIED' ? 'success' : 'error'}
        title={`${t(`verify.verdicts.${verdict}`)} ${verdict}`}
        subTitle={`${t('verify.transactions', { count: transactions })} · ${t('verify.signatures', { count: signatures })}`}
      />
      <Flex vertical gap={16}>
        <Descriptions
          column={1}
          size="small"
          items={[
            { key: 'channel', label: t('verify.channel'), children: report.channel },
            { key: 'height', label: t('verify.height'), children: height },
            {
              key: 'codes',
              label: t('table.code'),
              children: Object.entries(codes)
                .map(([name, count]) => `${name} ${count}`)
                .join(' · '),
            },
            {
              key: 'head',
              label: t('verify.head'),
              children: (
                <Typography.Text className="mono" copyable>
                  {headerHash}
                </Typography.Text>
              ),
            },
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
  const { t } = useWords();
  return (
    <Table<VerifyFinding>
      size="small"
      title={() => t('verify.found', { count: findings.length })}
      rowKey={(row) => JSON.stringify(row)}
      dataSource={[...findings]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('verify.finding'), dataIndex: 'code' },
        {
          title: t('table.block'),
          render: (_, { block }) =>
            block === null ? '' : <Link to={`/ledger/${block}`}>{block}</Link>,
        },
        { title: t('verify.position'), dataIndex: 'tx' },
        { title: t('verify.detail'), dataIndex: 'detail' },
      ]}
    />
  );
}
