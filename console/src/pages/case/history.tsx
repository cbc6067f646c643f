import type { CaseEventRecord } from '@yici/domain/model';
import { caseEventWords, shanghaiTime } from '@yici/domain/model';
import { Card, Timeline, Typography } from 'antd';
import { Link } from 'react-router';
import { useNames } from '../../session/names.js';
import { usePages } from '../../session/reads.js';
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
              <Typography.Text className="mono" copyable={{ text: event.txId }}>
                <Link to={`/ledger/tx/${event.txId}`}>{event.txId.slice(0, 16)}…</Link>
              </Typography.Text>
            </>
          ),
        }))}
      />
    </Card>
  );
}
