import { reads, type ReadName } from '@yici/api';
import { Card, Collapse } from 'antd';
import { useAnyRead } from '../session/reads.js';
import { Failure } from '../shell/failed.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';
import { Fields } from './value.js';

interface FurtherProps {
  readonly names: readonly ReadName[];
  readonly asked: Readonly<Record<string, string>>;
}

/** What else the API answers about a record, such as whether an attestation is valid now; asked when it is opened. */
export function Further({ names, asked }: FurtherProps) {
  const { say } = useWords();
  if (names.length === 0) return null;
  return (
    <Card className="no-print">
      <Collapse
        ghost
        items={names.map((name) => ({
          key: name,
          label: say(reads[name].summary),
          children: <Answer name={name} asked={asked} />,
        }))}
      />
    </Card>
  );
}

function Answer({
  name,
  asked,
}: {
  readonly name: ReadName;
  readonly asked: FurtherProps['asked'];
}) {
  const { data, error, refetch } = useAnyRead<object>(name, asked);
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  return <Fields value={data} schema={reads[name].answer} />;
}
