import { Button, Card, Flex, Typography, Upload } from 'antd';
import { useState } from 'react';
import { ConsoleError } from '../../errors.js';
import type { IdentityFiles } from '../../identity/vault.js';
import { useWords } from '../../words/language.js';
import type { Entering } from './entering.js';
import { leastPassphrase, NewPassphrase, Passphrase } from './passphrase.js';

type Dropped = Readonly<Record<string, File | undefined>>;

const isPkcs12 = (name: string): boolean => /\.(p12|pfx)$/i.test(name);

/** The files of an identity folder, or a PKCS#12 with the folder's connection.json, kept in this browser under a passphrase. */
export function ImportFiles({ onEnter }: { readonly onEnter: Entering }) {
  const { t } = useWords();
  const [files, setFiles] = useState<Dropped>({});
  const [passphrase, setPassphrase] = useState('');
  const [filePassphrase, setFilePassphrase] = useState('');
  const { names, pkcs12, missing } = partsOf(files);
  const keep = () => {
    const opened = keptFrom(files, filePassphrase, passphrase);
    onEnter(opened, (error) => t(`who.${wordOf(error)}`));
  };
  return (
    <Card>
      <Flex vertical gap={12}>
        <Drop
          {...{ names, missing }}
          onFile={(file) => setFiles((before) => ({ ...before, [file.name]: file }))}
        />
        {pkcs12 === undefined ? null : (
          <Passphrase
            testid="file-passphrase"
            label={t('who.filePassphrase', { name: pkcs12 })}
            value={filePassphrase}
            onChange={setFilePassphrase}
          />
        )}
        <NewPassphrase testid="new-passphrase" value={passphrase} onChange={setPassphrase} />
        <Typography.Text type="secondary">{t('who.secret')}</Typography.Text>
        <Button
          type="primary"
          data-testid="keep"
          disabled={missing.length > 0 || passphrase.length < leastPassphrase}
          onClick={keep}
        >
          {t('who.keep')}
        </Button>
      </Flex>
    </Card>
  );
}

function partsOf(files: Dropped) {
  const names = Object.keys(files);
  const pkcs12 = names.find(isPkcs12);
  const wanted = [pkcs12 === undefined ? ['cert.pem', 'key.pem'] : [], 'connection.json'].flat();
  return { names, pkcs12, missing: wanted.filter((name) => files[name] === undefined) };
}

interface DropProps {
  readonly names: readonly string[];
  readonly missing: readonly string[];
  readonly onFile: (file: File) => void;
}

function Drop({ names, missing, onFile }: DropProps) {
  const { t } = useWords();
  return (
    <Upload.Dragger
      multiple
      showUploadList={false}
      beforeUpload={(file) => {
        onFile(file);
        return false;
      }}
    >
      {t('who.drop')}
      <div>{names.join(' · ')}</div>
      {missing.length > 0 && names.length > 0 ? (
        <Typography.Text type="warning">
          {t('who.missing', { names: missing.join('、') })}
        </Typography.Text>
      ) : null}
    </Upload.Dragger>
  );
}

async function keptFrom(files: Dropped, filePassphrase: string, passphrase: string) {
  const { keep } = await import('../../identity/vault.js');
  const connection = (await files['connection.json']?.text()) ?? '';
  return keep({ ...(await pairIn(files, filePassphrase)), connection }, passphrase);
}

async function pairIn(
  files: Dropped,
  passphrase: string,
): Promise<Pick<IdentityFiles, 'certificate' | 'key'>> {
  const [pkcs12] = Object.entries(files).flatMap(([name, file]) => (isPkcs12(name) ? [file] : []));
  if (pkcs12 === undefined) {
    const [certificate = '', key = ''] = await Promise.all([
      files['cert.pem']?.text(),
      files['key.pem']?.text(),
    ]);
    return { certificate, key };
  }
  const { openPkcs12 } = await import('../../identity/pkcs12.js');
  return openPkcs12(new Uint8Array(await pkcs12.arrayBuffer()), passphrase);
}

/** Which of the console's words says why files were not taken. */
function wordOf(error: unknown): 'pkcs12Passphrase' | 'pkcs12Old' | 'unreadable' {
  const code = error instanceof ConsoleError ? error.code : undefined;
  if (code === 'PKCS12_PASSPHRASE') return 'pkcs12Passphrase';
  return code === 'PKCS12_OLD' ? 'pkcs12Old' : 'unreadable';
}
