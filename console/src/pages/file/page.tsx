import type { MatterRecord, OneThingRecord, Words } from '@yici/domain/model';
import { Button, Card, Empty, Flex, List, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { usePages } from '../../session/reads.js';
import { Seek } from '../../shell/seek.js';
import { Waiting } from '../../shell/waiting.js';
import { useWords } from '../../words/language.js';
import { KeptFilings } from './kept.js';
import { FileMatter } from './matter.js';
import { FileOneThing } from './one-thing.js';

/** Filing: a matter or a one thing from the catalogue, by an address of its own, then its one form and one set of materials. */
export default function FilePage() {
  const [asked] = useSearchParams();
  const matters = usePages<MatterRecord>('matters.list', inForce);
  const oneThings = usePages<OneThingRecord>('oneThings.list', inForce);
  if (matters.isPending || oneThings.isPending) return <Waiting />;
  const code = asked.get('code');
  const matter = matters.items.find(({ taskCode }) => taskCode === code);
  const oneThing = oneThings.items.find((one) => one.code === code);
  if (matter !== undefined) return <FileMatter key={code} matter={matter} />;
  if (oneThing !== undefined) return <FileOneThing key={code} oneThing={oneThing} />;
  return (
    <Catalogue
      entries={[
        ...oneThings.items.map((one) => ({ code: one.code, name: one.content.name, joint: true })),
        ...matters.items.map((one) => ({ code: one.taskCode, name: one.content.name })),
      ]}
    />
  );
}

const inForce = { status: 'published', limit: 200 };

interface Entry {
  readonly code: string;
  readonly name: Words;
  /** Several matters at once. */
  readonly joint?: boolean;
}

function Catalogue({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  const shown = entries.filter(({ code, name }) =>
    `${code} ${name.zh} ${name.en}`.toLowerCase().includes(sought),
  );
  return (
    <Card>
      <Flex vertical gap={8}>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t('file.choose')}
        </Typography.Title>
        <KeptFilings />
        <Seek testId="seek-matter" label={t('file.seek')} onSeek={setSought} />
        <List
          dataSource={shown}
          locale={{ emptyText: <Empty description={t('file.none')} /> }}
          renderItem={(entry) => <EntryLine {...entry} />}
        />
      </Flex>
    </Card>
  );
}

function EntryLine({ code, name, joint }: Entry) {
  const { t, say } = useWords();
  const [, setAsked] = useSearchParams();
  const choose = (
    <Button
      key="file"
      data-testid={`file-${code}`}
      type="primary"
      onClick={() => setAsked({ code })}
    >
      {t('menu.file')}
    </Button>
  );
  return (
    <List.Item actions={[choose]}>
      <List.Item.Meta
        title={
          <>
            {say(name)} {joint === true ? <Tag color="blue">{t('file.oneThing')}</Tag> : null}
          </>
        }
        description={code}
      />
    </List.Item>
  );
}
