import { Button, Flex, Input, Typography, Upload } from 'antd';
import { useSession } from '../session/session.js';
import { useWords } from '../words/language.js';
import { isPin } from './pin.js';

interface PinFieldProps {
  readonly value: string;
  readonly onChange: (pin: string) => void;
}

/** The genesis hash: typed, read from a file that somebody keeps (its text, or an identity's connection.json), or the identity's. */
export function PinField({ value, onChange }: PinFieldProps) {
  const { t } = useWords();
  const { present } = useSession();
  const own = present?.client.genesisHash;
  return (
    <Flex vertical gap={8}>
      <label htmlFor="pin">{t('verify.pin')}</label>
      <Flex gap={8} wrap>
        <Input
          id="pin"
          className="mono"
          data-testid="pin"
          style={{ flex: '1 1 400px' }}
          value={value}
          status={value === '' || isPin(value) ? '' : 'error'}
          onChange={({ target }) => onChange(target.value)}
        />
        <Upload
          showUploadList={false}
          beforeUpload={async (file) => {
            onChange(/[0-9a-fA-F]{64}/.exec(await file.text())?.[0] ?? '');
            return Upload.LIST_IGNORE;
          }}
        >
          <Button>{t('verify.pinFile')}</Button>
        </Upload>
        {own === undefined ? null : (
          <Button disabled={value === own} onClick={() => onChange(own)}>
            {t('verify.pinOwn')}
          </Button>
        )}
      </Flex>
      <Typography.Text type="secondary">{t('verify.pinWhy')}</Typography.Text>
    </Flex>
  );
}
