import { caseStateWords, type CaseRecord } from '@yici/domain/model';
import { Card, Descriptions, Tag, Typography } from 'antd';
import { useNames } from '../../session/names.js';
import { useWords } from '../../words/language.js';
import { useMatterOf } from './matter.js';

export function Facts({ record }: { readonly record: CaseRecord }) {
  const { t, say } = useWords();
  const names = useNames();
  const matter = useMatterOf(record);
  const facts = [
    ['table.matter', say(matter?.name)],
    ['table.applicant', names(record.applicant)],
    ['table.owner', names(record.owner)],
  ] as const;
  return (
    <Card>
      <Typography.Title level={3} copyable={{ text: record.caseNo }} style={{ marginTop: 0 }}>
        {record.caseNo}{' '}
        <Tag color="blue" data-testid="state">
          {say(caseStateWords[record.state])}
        </Tag>
      </Typography.Title>
      <Descriptions items={facts.map(([key, children]) => ({ key, label: t(key), children }))} />
    </Card>
  );
}
