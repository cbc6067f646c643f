import { useMutation } from '@tanstack/react-query';
import { formToFill } from '@yici/client/web';
import type { DocumentView } from '@yici/api';
import type { CaseRecord, FormField } from '@yici/domain/model';
import { Button, Card, Descriptions, Flex, Typography } from 'antd';
import { contentOf, saveDocument } from '../../documents/save.js';
import { useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

type Filled = Readonly<Record<string, unknown>>;

/** What was filled in when the case was filed, for those who may read it, when they ask: each reading is recorded. */
export function FiledForm({ record }: { readonly record: CaseRecord }) {
  const { t } = useWords();
  const { digest } = record.form;
  const { data } = useRead('documents.list', { digest });
  const [document] = data?.items.filter(({ erased }) => erased === null) ?? [];
  return (
    <Card title={t('file.form')} loading={data === undefined} data-testid="filed-form">
      {document === undefined ? (
        <Typography.Text type="secondary">
          {t('file.notHere', { digest: digest.slice(0, 16) })}
        </Typography.Text>
      ) : (
        <Look record={record} document={document} />
      )}
    </Card>
  );
}

interface LookProps {
  readonly record: CaseRecord;
  readonly document: DocumentView;
}

function Look({ record, document }: LookProps) {
  const { t } = useWords();
  const { client } = usePresent();
  const { digest } = record.form;
  const isForm = document.type === 'application/json';
  const { data, error, mutate, reset, isPending } = useMutation({
    mutationFn: async () => {
      if (!isForm) return saveDocument(client, document, digest).then(() => undefined);
      const content = await contentOf(client, document, digest);
      return {
        filled: JSON.parse(await content.text()) as Filled,
        fields: await formToFill(client, await filedAs(client, record)),
      };
    },
  });
  if (error !== null) return <Failure error={error} again={reset} />;
  if (data !== undefined) return <Answers {...data} />;
  return (
    <Flex gap={12} wrap align="center" className="no-print">
      <Button data-testid="look" loading={isPending} onClick={() => mutate()}>
        {t(isForm ? 'file.look' : 'file.open')}
      </Button>
      <Typography.Text type="secondary">{t('file.lookWhy')}</Typography.Text>
    </Flex>
  );
}

/** The one form of a one thing is that of all its parts; else the matter's. */
async function filedAs(
  client: ReturnType<typeof usePresent>['client'],
  { oneThing, taskCode, matterVersion: version }: CaseRecord,
) {
  if (oneThing === undefined) return { taskCode, version };
  const { record } = await client.read('oneThingCases.get', { no: oneThing.no });
  return { code: record.code, version: record.version };
}

interface AnswersProps {
  readonly fields: readonly FormField[];
  readonly filled: Filled;
}

function Answers({ fields, filled }: AnswersProps) {
  const { t, say } = useWords();
  const known = new Set(fields.map(({ code }) => code));
  const others = Object.keys(filled).filter((code) => !known.has(code));
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        ...fields.map((field) => ({
          key: field.code,
          label: say(field.name),
          children: <Answer field={field} value={filled[field.code]} />,
        })),
        ...others.map((code) => ({
          key: code,
          label: `${code}${t('file.unknownField')}`,
          children: <Given value={filled[code]} />,
        })),
      ]}
    />
  );
}

/** A choice by its title; what is supplied by sharing was typed by nobody. */
function Answer({ field, value }: { readonly field: FormField; readonly value: unknown }) {
  const { t, say } = useWords();
  const { schema, suppliedBy } = field;
  if (suppliedBy !== undefined)
    return <Typography.Text type="secondary">{t('file.supplied')}</Typography.Text>;
  const chosen = schema?.type === 'string' ? schema.oneOf : undefined;
  const option = chosen?.find((one) => one.const === value);
  return option === undefined ? <Given value={value} /> : <>{say(option.title)}</>;
}

/** As it was typed. */
function Given({ value }: { readonly value: unknown }) {
  const { t } = useWords();
  if (typeof value === 'boolean') return <>{t(value ? 'records.yes' : 'records.no')}</>;
  if (value === undefined) return null;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
