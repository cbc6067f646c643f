import type { FieldProps } from '@rjsf/utils';
import { useMutation } from '@tanstack/react-query';
import { Typography } from 'antd';
import { useStoreDocument } from '../documents/store.js';
import { hexOf } from '../platform/hex.js';
import { FilePick } from './file-pick.js';
import { Failure } from '../shell/failed.js';

/** A file in place of its digest: it is stored, encrypted, for those concerned; the ledger gets its salted digest. */
export function DocumentField({ fieldPathId, onChange, ...props }: FieldProps) {
  const formData: unknown = props.formData;
  const store = useStoreDocument();
  const { error, variables, mutate } = useMutation({
    mutationFn: store,
    onSuccess: (sealed) => onChange(sealed, fieldPathId.path),
  });
  return (
    <>
      <FileInput {...props} digest={digestIn(formData)} onFile={mutate} />
      {error === null ? null : <Failure error={error} again={() => mutate(variables)} />}
    </>
  );
}

/**
 * The file of a public document that is cited, in place of its digest: anybody who has the document can compare it, so the digest
 * is of the file alone, and the file stays here.
 */
export function CitedField({ fieldPathId, onChange, ...props }: FieldProps) {
  const formData: unknown = props.formData;
  const { path } = fieldPathId;
  const take = async (file: File) => {
    const bytes = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    onChange('sha256', [...path.slice(0, -1), 'digestAlg']);
    onChange(hexOf(new Uint8Array(bytes)), path);
  };
  return (
    <FileInput
      {...props}
      digest={typeof formData === 'string' ? formData : ''}
      onFile={(file) => void take(file)}
    />
  );
}

interface FileInputProps extends Pick<FieldProps, 'name' | 'schema' | 'required'> {
  readonly digest: string;
  readonly onFile: (file: File) => void;
}

function FileInput({ name, schema, required, digest, onFile }: FileInputProps) {
  return (
    <label style={{ display: 'block', marginBottom: 16 }}>
      <Typography.Text>
        {required === true ? <span className="must">* </span> : null}
        {schema.title ?? name}
      </Typography.Text>
      <br />
      <FilePick onFile={onFile} />{' '}
      {digest === '' ? null : (
        <Typography.Text type="secondary" className="mono" data-testid="digest">
          {digest.slice(0, 16)}
        </Typography.Text>
      )}
    </label>
  );
}

function digestIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('digest' in value)) return '';
  return String(value.digest);
}
