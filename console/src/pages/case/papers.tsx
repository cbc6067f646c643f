import { actsOfPaper, paperWords, type CasePaperKind } from '@yici/papers/kinds';
import { useMutation } from '@tanstack/react-query';
import { shanghaiTime, type CaseEventRecord } from '@yici/domain/model';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { saveFile } from '../../documents/save.js';
import { ConsoleError } from '../../errors.js';
import { usePages, useRead } from '../../session/reads.js';
import { usePresent } from '../../session/session.js';
import { Failure } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';

/** The papers that the acts of a case give rise to, each made here when it is asked for. */
export function Papers({ caseNo }: { readonly caseNo: string }) {
  const { t } = useWords();
  const { items } = usePages<CaseEventRecord>('cases.events', { caseNo, limit: 200 });
  const due = items.flatMap((event) => kindsOf(event).map((kind) => ({ kind, event })));
  if (due.length === 0) return null;
  return (
    <Card title={t('papers.title')} className="no-print" data-testid="papers">
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t('papers.how')}</Typography.Text>
        {due.map(({ kind, event }) => (
          <Make key={event.seq} kind={kind} event={event} />
        ))}
      </Flex>
    </Card>
  );
}

const kinds = Object.keys(actsOfPaper) as CasePaperKind[];

const kindsOf = ({ type }: CaseEventRecord): CasePaperKind[] =>
  kinds.filter((kind) => (actsOfPaper[kind] as readonly string[]).includes(type));

interface MakeProps {
  readonly kind: CasePaperKind;
  readonly event: CaseEventRecord;
}

function Make({ kind, event: { caseNo, seq, at } }: MakeProps) {
  const { t, say, language } = useWords();
  const { client, session } = usePresent();
  const { data } = useRead('network.get', {});
  const title = say(paperWords[kind]);
  const { error, mutate, isPending } = useMutation({
    mutationFn: async () => {
      const { printed } = await import('../../papers/print.js');
      const names = new Map(data?.departments.map(({ id, name }) => [id, name]));
      const bytes = await printed({
        ...{ client, session, kind, caseNo, seq, lang: language },
        genesis: client.genesisHash ?? data?.genesisHash ?? '',
        nameOf: (id) => names.get(id) ?? { zh: id, en: id },
      });
      saveFile(`${title}-${caseNo}.pdf`, bytes.slice());
    },
  });
  const make = () => {
    mutate();
  };
  return (
    <Flex gap={12} wrap align="center">
      <Button loading={isPending} data-testid={`paper-${kind}`} onClick={make}>
        {t('papers.make', { title })}
      </Button>
      <Typography.Text type="secondary">{shanghaiTime(at)}</Typography.Text>
      {error instanceof ConsoleError && error.code === 'FONTS_MISSING' ? (
        <Alert type="warning" showIcon title={t('papers.noFonts', { caseNo })} />
      ) : error === null ? null : (
        <Failure error={error} again={make} />
      )}
    </Flex>
  );
}
