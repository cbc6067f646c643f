import { canonicalJson, definesForm, type FormField, type Words } from '@yici/domain/model';
import { useMutation } from '@tanstack/react-query';
import { Card, Flex, Tag, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useKeptFiling } from '../../documents/kept-filings.js';
import { useStoreDocument } from '../../documents/store.js';
import { BaseForm } from '../../forms/base-form.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import { fitting, useFilingForm, type Asked } from './filing-form.js';
import { KeptHere } from './kept.js';

/** What is filed beside what it is filed against. */
export interface Filed {
  readonly form: unknown;
  readonly materials: readonly { readonly code: string; readonly document: unknown }[];
}

interface FilingProps {
  /** Of what is filed against, as the page's address has it. */
  readonly code: string;
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly asked: readonly Asked[];
  /** What departments hold already, by name: nobody is asked for it. */
  readonly held: readonly Words[];
  /** The address of what was filed; undefined when it was not. */
  readonly onFile: (filed: Filed) => Promise<string | undefined>;
  readonly children?: ReactNode;
}

interface Typed {
  readonly form?: unknown;
  readonly materials?: Readonly<Record<string, unknown>>;
}

/** One form and one set of materials; neither a refused filing nor a closed page loses anything of either. */
export function Filing(props: FilingProps) {
  const { code, title, fields, asked, held, children } = props;
  const { t } = useWords();
  const kept = useKeptFiling(code);
  const { schema, ui } = useFilingForm(fields, asked);
  const { typed, setTyped, times, empty } = useTyped(fields, kept, schema);
  const { error, variables, mutate } = useSubmit(props, kept.forget);
  const supplied = fields.filter(({ suppliedBy }) => suppliedBy !== undefined);
  return (
    <Card title={title}>
      <Flex vertical gap={16}>
        {children}
        <Held names={[...supplied.map(({ name }) => name), ...held]} />
        <KeptHere kept={kept} onEmpty={empty} />
        <BaseForm
          key={times}
          schema={schema}
          ui={ui}
          typed={typed}
          onType={(now) => {
            setTyped(now as Typed);
            if (!isEmpty(now)) kept.keep(title, now as Typed);
          }}
          submit={t('file.submit')}
          onSubmit={(filled) => mutate(filled as Typed)}
        />
        {error === null ? null : <Failure error={error} again={() => mutate(variables)} />}
      </Flex>
    </Card>
  );
}

/** What is typed, begun where it was left; `times` counts how often it was thrown away. */
function useTyped(
  fields: readonly FormField[],
  kept: ReturnType<typeof useKeptFiling>,
  schema: Parameters<typeof fitting>[1],
) {
  // The parts are there, so that what is missing in them is told at its own place.
  const none: Typed = { ...(definesForm(fields) && { form: {} }), materials: {} };
  const [typed, setTyped] = useState<Typed>(() => ({
    ...none,
    ...(fitting(kept.begun?.typed, schema) as Typed | undefined),
  }));
  // A form that is emptied is another one: its fields keep what they hold.
  const [times, setTimes] = useState(0);
  const empty = () => {
    kept.forget();
    setTyped(none);
    setTimes(times + 1);
  };
  return { typed, setTyped, times, empty };
}

/** Files it, forgets what was kept of it, and goes to what came of it. */
function useSubmit({ fields, onFile }: FilingProps, onFiled: () => void) {
  const { t } = useWords();
  const navigate = useNavigate();
  const store = useStoreDocument();
  return useMutation({
    mutationFn: async ({ form: filled, materials = {} }: Typed) => {
      const given = Object.entries(materials).filter(([, document]) => document !== undefined);
      const form = definesForm(fields) ? await store(formFile(filled, t('file.form'))) : filled;
      const to = await onFile({
        form,
        materials: given.map(([code, document]) => ({ code, document })),
      });
      if (to === undefined) return;
      onFiled();
      await navigate(to);
    },
  });
}

/** Whether nothing was typed anywhere. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && Object.values(value).every(isEmpty));

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
