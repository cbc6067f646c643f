import { paperWords } from '@yici/papers/kinds';
import { useMutation } from '@tanstack/react-query';
import { shanghaiTime } from '@yici/domain/model';
import { Button, Card, Flex, Typography } from 'antd';
import { saveFile } from '../documents/save.js';
import { useRead } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { OwnTemplates } from './own-templates.js';
import type { Wanted } from './print.js';

/** A paper that there is, each made here when it is asked for. */
export interface Due {
  readonly wanted: Wanted;
  /** Of the case, the card or the order. */
  readonly number: string;
  readonly at: string;
}

export function Papers({ due }: { readonly due: readonly Due[] }) {
  const { t } = useWords();
  if (due.length === 0) return null;
  return (
    <Card title={t('papers.title')} className="no-print" data-testid="papers">
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t('papers.how')}</Typography.Text>
        {due.map((one) => (
          <Make key={JSON.stringify(one.wanted)} {...one} />
        ))}
        <OwnTemplates />
      </Flex>
    </Card>
  );
}

function Make({ wanted, number, at }: Due) {
  const { t, say } = useWords();
  const print = usePrint();
  const title = say(paperWords[wanted.kind]);
  const { error, mutate, isPending } = useMutation({
    mutationFn: async () => {
      saveFile(`${title}-${number}.pdf`, (await print(wanted)).slice());
    },
  });
  const make = () => mutate();
  return (
    <Flex gap={12} wrap align="center">
      <Button loading={isPending} data-testid={`paper-${wanted.kind}`} onClick={make}>
        {t('papers.make', { title })}
      </Button>
      <Typography.Text type="secondary">{shanghaiTime(at)}</Typography.Text>
      <Failure error={error} again={make} />
    </Flex>
  );
}

function usePrint() {
  const { language: lang } = useWords();
  const { client, session } = usePresent();
  const { data } = useRead('network.get', {});
  const names = new Map(data?.departments.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? { zh: id, en: id };
  const genesis = client.genesisHash ?? data?.genesisHash ?? '';
  return async (wanted: Wanted) => {
    const { printed } = await import('./print.js');
    return printed({ client, session, genesis, nameOf, lang }, wanted);
  };
}
