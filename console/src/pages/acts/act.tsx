import { commandNames, commands, roleWords } from '@yici/domain/model';
import { Card, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import ActForm from '../../forms/act-form.js';
import { FromFile } from '../../forms/from-file.js';
import { useWords } from '../../words/language.js';
import { Keep } from '../draft/keep.js';
import { Nothing } from '../nothing.js';

/** The form of one act; what the address gives of its input is given. */
export default function ActPage() {
  const { command } = useParams();
  const { say } = useWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const given = useMemo(() => Object.fromEntries(search), [search]);
  const name = commandNames.find((one) => one === command);
  if (name === undefined) return <Nothing />;
  const { summary, roles } = commands[name];
  return (
    <Card key={name} style={{ maxWidth: 960, margin: '0 auto' }}>
      <Typography.Title level={3} style={{ marginTop: 0 }}>
        {say(summary)}
      </Typography.Title>
      <Typography.Paragraph>
        <Typography.Text className="mono">{name}</Typography.Text>{' '}
        {roles.map((role) => (
          <Tag key={role}>{say(roleWords[role])}</Tag>
        ))}
      </Typography.Paragraph>
      <ActForm
        command={name}
        given={given}
        onDone={() => void navigate(-1)}
        beside={(typed, setTyped) => (
          <>
            <FromFile onInput={setTyped} />
            <Keep command={name} input={{ ...given, ...typed }} />
          </>
        )}
      />
    </Card>
  );
}
