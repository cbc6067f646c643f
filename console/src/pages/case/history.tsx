import type { CaseEventRecord } from '@yici/domain/model';
import { caseEventWords, shanghaiTime } from '@yici/domain/model';
import { Card, Timeline, Typography } from 'antd';
import { useNames } from '../../session/names.js';
import { usePages } from '../../session/reads.js';
import { Copied } from '../../shell/copied.js';
import { useWords } from '../../words/language.js';

export function History({ caseNo }: { readonly caseNo: string }) {
  const { t, say } = useWords();
  const names = useNames();
  const { items } = usePages<CaseEventRecord>('cases.events', { caseNo, limit: 200 });
  return (
    <Card title={t('case.history')}>
      <Timeline
        items={items.map((event) => ({
          content: (
            <>
              <Typography.Text strong>{say(caseEventWords[event.type])}</Typography.Text>{' '}
              {names(event.by.department)} {event.by.user}
              <br />
              <Typography.Text type="secondary">{shanghaiTime(event.at)}</Typography.Text>{' '}
              <Copied short text={event.txId} to={`/ledger/tx/${event.txId}`} />
            </>
          ),
        }))}
      />
    </Card>
  );
}
