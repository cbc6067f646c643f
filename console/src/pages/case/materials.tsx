import { materialKindWords, type CaseMaterial } from '@yici/api';
import { Button, Card, Tag } from 'antd';
import { useState } from 'react';
import { saveDocument } from '../../documents/save.js';
import { useNames } from '../../session/names.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { Rows } from '../../shell/rows.js';
import { useWords } from '../../words/language.js';

/** The materials that were handed in; a document is opened only if its digest is the ledger's. */
export function Materials({ caseNo }: { readonly caseNo: string }) {
  const { t, say } = useWords();
  const names = useNames();
  const { data, refetch } = useRead('cases.materials', { caseNo });
  if (data?.items.length === 0) return null;
  return (
    <Card title={t('file.materials')}>
      <Rows<CaseMaterial>
        keyOf={({ code, kind, at }) => [code, kind, at].join(' ')}
        rows={data?.items}
        columns={[
          [t('file.material'), (row) => say(row.name) || row.code],
          [t('table.department'), (row) => names(row.department)],
          [
            t('file.kind'),
            ({ kind, required }) => (
              <>
                <Tag>{say(materialKindWords[kind])}</Tag>
                {required ? <Tag color="warning">{t('file.required')}</Tag> : null}
              </>
            ),
          ],
          [t('file.opened'), ({ opened }) => opened?.by.user],
          ['', (row) => <Open material={row} onOpened={() => void refetch()} />],
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
