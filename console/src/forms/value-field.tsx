import { seal } from '@yici/client/web';
import type { DatasetRecord } from '@yici/domain/model';
import type { FieldProps } from '@rjsf/utils';
import { Flex, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { usePages, useRead } from '../session/reads.js';
import { useWords } from '../words/language.js';
import { useFormValues, type FormValues } from './sealed-values.js';

interface CodeProps {
  readonly code: string | undefined;
  readonly onCode: (code: string) => void;
}

/** A value in place of its digest: what is typed is kept on the page and sealed, the ledger gets the salted digest. */
export function ValueField(props: FieldProps) {
  const values = useFormValues();
  return values === undefined ? null : <Value {...props} {...values} />;
}

function Value({ fieldPathId, onChange, typed, input, ...props }: FieldProps & FormValues) {
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
          input={input}
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
function Code({ input, ...props }: CodeProps & { readonly input: FormValues['input'] }) {
  const { datasetId, shareId } = input;
  if (typeof datasetId === 'string') return <CodeOf datasetId={datasetId} {...props} />;
  return typeof shareId === 'string' ? (
    <CodeOfShare shareId={shareId} {...props} />
  ) : (
    <TypedCode {...props} />
  );
}

function CodeOfShare({ shareId, ...props }: CodeProps & { readonly shareId: string }) {
  const { data } = useRead('shares.get', { shareId });
  return data === undefined ? (
    <TypedCode {...props} />
  ) : (
    <CodeOf datasetId={data.datasetId} {...props} />
  );
}

function CodeOf({ datasetId, ...props }: CodeProps & { readonly datasetId: string }) {
  const { say } = useWords();
  const { items } = usePages<DatasetRecord>('datasets.list', { limit: 200 });
  const fields = items.find((each) => each.datasetId === datasetId)?.fields;
  if (fields === undefined) return <TypedCode {...props} />;
  return (
    <Select
      data-testid="value-of"
      style={{ width: '100%' }}
      value={props.code ?? null}
      options={fields.map(({ code, name }) => ({ value: code, label: say(name) }))}
      onChange={(chosen: string | null) => {
        if (chosen !== null) props.onCode(chosen);
      }}
    />
  );
}

const TypedCode = ({ code, onCode }: CodeProps) => (
  <Input value={code ?? ''} onChange={({ target }) => onCode(target.value)} />
);

function partsOf(value: unknown): { readonly code?: string; readonly digest?: string } {
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('code' in value && typeof value.code === 'string' && { code: value.code }),
    ...('digest' in value && typeof value.digest === 'string' && { digest: value.digest }),
  };
}
