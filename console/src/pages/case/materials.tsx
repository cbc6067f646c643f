import { materialKindWords, type CaseMaterial } from '@yici/api';
import { Button, Card, Table, Tag } from 'antd';
import { useState } from 'react';
import { saveDocument } from '../../documents/save.js';
import { useNames } from '../../session/names.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

/** The materials that were handed in; a document is opened only if its digest is the ledger's. */
export function Materials({ caseNo }: { readonly caseNo: string }) {
  const { t, say } = useWords();
  const names = useNames();
  const { data, refetch } = useRead('cases.materials', { caseNo });
  if (data?.items.length === 0) return null;
  return (
    <Card title={t('file.materials')}>
      <Table<CaseMaterial>
        size="small"
        loading={data === undefined}
        pagination={false}
        rowKey={({ code, kind, at }) => [code, kind, at].join(' ')}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('file.material'), render: (_, row) => say(row.name) || row.code },
          { title: t('table.department'), render: (_, row) => names(row.department) },
          {
            title: t('file.kind'),
            render: (_, { kind, required }) => (
              <>
                <Tag>{say(materialKindWords[kind])}</Tag>
                {required ? <Tag color="warning">{t('file.required')}</Tag> : null}
              </>
            ),
          },
          {
            title: t('file.opened'),
            render: (_, { opened }) => (opened === null ? '' : opened.by.user),
          },
          {
            title: '',
            render: (_, row) => <Open material={row} onOpened={() => void refetch()} />,
          },
        ]}
      />
    </Card>
  );
}

interface OpenProps {
  readonly material: CaseMaterial;
  readonly onOpened: () => void;
}

function Open({ material: { document, digest }, onOpened }: OpenProps) {
  const { t } = useWords();
  const { client } = usePresent();
  const [error, setError] = useState<Error>();
  if (document === null) return null;
  const open = () => {
    setError(undefined);
    saveDocument(client, document, digest).then(onOpened, setError);
  };
  if (error !== undefined) return <Failure error={error} again={open} />;
  return (
    <Button size="small" onClick={open}>
      {t('file.open')}
    </Button>
  );
}
