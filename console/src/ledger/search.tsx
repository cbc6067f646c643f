import { Alert, Flex, Input, Upload } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { usePresent } from '../session/session.js';
import { useWords } from '../words/language.js';
import { documentsOf, findPlace, type FoundDocument } from './find.js';

/** By transaction id, case number, block number or digest; a dropped file is hashed here and looked for by its digest. */
export function LedgerSearch() {
  const { t } = useWords();
  const { client } = usePresent();
  const navigate = useNavigate();
  const [found, setFound] = useState<readonly FoundDocument[]>();
  const look = async (text: string) => {
    setFound(undefined);
    const place = await findPlace(client, text.trim());
    if (typeof place === 'string') await navigate(place);
    else setFound(place);
  };
  return (
    <Flex vertical gap={8}>
      <Input.Search
        data-testid="search"
        aria-label={t('chain.search')}
        placeholder={t('chain.search')}
        enterButton={t('chain.find')}
        onSearch={(text) => void look(text)}
        style={{ maxWidth: 800 }}
      />
      <Upload.Dragger
        showUploadList={false}
        style={{ maxWidth: 800 }}
        beforeUpload={async (file) => {
          setFound(await documentsOf(client, file));
          return Upload.LIST_IGNORE;
        }}
      >
        {t('chain.drop')}
      </Upload.Dragger>
      {found === undefined ? null : <Found documents={found} />}
    </Flex>
  );
}

function Found({ documents }: { readonly documents: readonly FoundDocument[] }) {
  const { t } = useWords();
  if (documents.length === 0)
    return <Alert type="warning" showIcon title={t('chain.nothing')} data-testid="found" />;
  return (
    <Alert
      type="success"
      showIcon
      data-testid="found"
      title={t('chain.found')}
      description={documents.map(({ digest, name, cases }) => (
        <div key={digest}>
          {name} <span className="mono">{digest}</span>{' '}
          {cases.map((caseNo) => (
            <Link key={caseNo} to={`/cases/${caseNo}`}>
              {caseNo}{' '}
            </Link>
          ))}
        </div>
      ))}
    />
  );
}
