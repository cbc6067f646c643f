import { seal } from '@yici/client/web';
import type { FieldProps } from '@rjsf/utils';
import { Flex, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useDatasetOfForm } from '../records/dataset.js';
import { useWords } from '../words/language.js';
import { useFormValues, type FormValues } from '../signing/sealed-values.js';

interface CodeProps extends Pick<FormValues, 'input' | 'given'> {
  readonly code: string | undefined;
  readonly onCode: (code: string) => void;
}

/** A value in place of its digest: what is typed is kept on the page and sealed, the ledger gets the salted digest. */
export function ValueField(props: FieldProps) {
  const values = useFormValues();
  return values === undefined ? null : <Value {...props} {...values} />;
}

function Value({ fieldPathId, onChange, typed, input, given, ...props }: FieldProps & FormValues) {
  const formData: unknown = props.formData;
  const { t } = useWords();
  const { code, digest } = partsOf(formData);
  const [value, setValue] = useState(typed.get(digest ?? '')?.value ?? '');
  const give = (part: Readonly<Record<string, string>>) =>
    onChange({ ...(code !== undefined && { code }), ...part }, fieldPathId.path);
  const take = (text: string) => {
    setValue(text);
    if (text === '') {
      give({});
      return;
    }
    const { sealed, salt } = seal(text);
    typed.set(sealed.digest, { value: text, salt });
    give({ digestAlg: sealed.digestAlg, digest: sealed.digest });
  };
  return (
    <Flex gap={8} style={{ marginBottom: 16 }}>
      <label style={{ flex: 1 }}>
        <Typography.Text>* {t('acts.valueOf')}</Typography.Text>
        <Code
          {...{ input, given }}
          code={code}
          onCode={(chosen) => {
            const kept = digest === undefined ? {} : { digestAlg: 'sha256', digest };
            onChange({ ...kept, code: chosen }, fieldPathId.path);
          }}
        />
      </label>
      <label style={{ flex: 1 }}>
        <Typography.Text>* {t('acts.value')}</Typography.Text>
        <Input value={value} data-testid="value" onChange={({ target }) => take(target.value)} />
        {digest !== undefined && !typed.has(digest) ? (
          <Typography.Text type="warning">{t('acts.valueAgain')}</Typography.Text>
        ) : null}
      </label>
    </Flex>
  );
}

/** Which field of the data set it is, by its name. */
function Code({ input, given, code, onCode }: CodeProps) {
  const { say } = useWords();
  const fields = useDatasetOfForm(input, given)?.fields;
  if (fields === undefined)
    return <Input value={code ?? ''} onChange={({ target }) => onCode(target.value)} />;
  return (
    <Select
      data-testid="value-of"
      style={{ width: '100%' }}
      value={code ?? null}
      options={fields.map((field) => ({ value: field.code, label: say(field.name) }))}
      onChange={(chosen: string | null) => {
        if (chosen !== null) onCode(chosen);
      }}
    />
  );
}

function partsOf(value: unknown): { readonly code?: string; readonly digest?: string } {
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('code' in value && typeof value.code === 'string' && { code: value.code }),
    ...('digest' in value && typeof value.digest === 'string' && { digest: value.digest }),
  };
}
