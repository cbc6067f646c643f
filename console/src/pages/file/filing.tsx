import { canonicalJson, definesForm, type FormField, type Words } from '@yici/domain/model';
import { useMutation } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { useStoreDocument } from '../../documents/store.js';
import { BaseForm } from '../../forms/base-form.js';
import { documentForm, formOfFields, wholeOf, type ActForm } from '../../forms/schema.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

/** A material that the applicant is asked for. */
export interface Asked {
  readonly code: string;
  readonly name: Words;
  /** It has to be there when it is filed. */
  readonly required: boolean;
  /** 可容缺, or it may come by sharing. */
  readonly mayFollow: boolean;
}

/** What is filed beside what it is filed against. */
export interface Filed {
  readonly form: unknown;
  readonly materials: readonly { readonly code: string; readonly document: unknown }[];
}

interface FilingProps {
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly asked: readonly Asked[];
  /** What departments hold already, by name: nobody is asked for it. */
  readonly held: readonly Words[];
  readonly onFile: (filed: Filed) => Promise<void>;
  readonly children?: ReactNode;
}

interface Typed {
  readonly form?: unknown;
  readonly materials?: Readonly<Record<string, unknown>>;
}

/** One form and one set of materials; a refused filing loses nothing of either. */
export function Filing({ title, fields, asked, held, onFile, children }: FilingProps) {
  const { t, language } = useWords();
  const store = useStoreDocument();
  const isDefined = definesForm(fields);
  // The parts are there, so that what is missing in them is told at its own place.
  const [typed, setTyped] = useState<Typed>({ ...(isDefined && { form: {} }), materials: {} });
  const form = useMemo(() => {
    const own = isDefined ? formOfFields(fields, language) : documentForm;
    const materials = wholeOf(
      asked.map((one) => [
        ...([one.code, titled(documentForm, one.name[language], noteOf(one, t))] as const),
        { required: one.required && !one.mayFollow },
      ]),
      t('file.materials'),
    );
    return wholeOf([
      ['form', titled(own, t('file.form'))],
      ...(asked.length === 0 ? [] : [['materials', materials] as const]),
    ]);
  }, [fields, asked, isDefined, language, t]);
  const { error, variables, mutate } = useMutation({
    mutationFn: async ({ form: filled, materials = {} }: Typed) => {
      const given = Object.entries(materials).filter(([, document]) => document !== undefined);
      await onFile({
        form: isDefined ? await store(formFile(filled, t('file.form'))) : filled,
        materials: given.map(([code, document]) => ({ code, document })),
      });
    },
  });
  const supplied = fields.filter(({ suppliedBy }) => suppliedBy !== undefined);
  return (
    <Card title={title}>
      <Flex vertical gap={16}>
        {children}
        <Held names={[...supplied.map(({ name }) => name), ...held]} />
        <BaseForm
          {...form}
          typed={typed}
          onType={(now) => {
            setTyped(now as Typed);
          }}
          submit={t('file.submit')}
          onSubmit={(filled) => {
            mutate(filled as Typed);
          }}
        />
        {error === null ? null : (
          <Failure
            error={error}
            again={() => {
              mutate(variables);
            }}
          />
        )}
      </Flex>
    </Card>
  );
}

const titled = ({ schema, ui }: ActForm, title: string, description = ''): ActForm => ({
  schema: { ...schema, title, ...(description !== '' && { description }) },
  ui,
});

const noteOf = (
  { required, mayFollow }: Asked,
  t: (key: 'file.mayFollow' | 'file.optional') => string,
): string => (required ? (mayFollow ? t('file.mayFollow') : '') : t('file.optional'));

/** What was filled in, as the file that the ledger gets the digest of. */
const formFile = (filled: unknown, name: string): File =>
  new File([canonicalJson(filled ?? {})], `${name}.json`, { type: 'application/json' });

function Held({ names }: { readonly names: readonly Words[] }) {
  const { t, say } = useWords();
  if (names.length === 0) return null;
  return (
    <section aria-label={t('file.attested')} data-testid="held">
      <Typography.Text type="secondary">{t('file.attested')}</Typography.Text>
      <Flex wrap gap={8} style={{ marginTop: 4 }}>
        {names.map((name) => (
          <Tag key={name.zh} color="success">
            {say(name)}
          </Tag>
        ))}
      </Flex>
    </section>
  );
}
