import { commandWords, shanghaiTime } from '@yici/domain/model';
import type { AnswerOf } from '@yici/api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Flex } from 'antd';
import { useParams } from 'react-router';
import { BlockLink } from '../ledger/block-link.js';
import { CodeTag } from '../ledger/code-tag.js';
import { Contents } from '../ledger/contents.js';
import { useNames } from '../session/names.js';
import { useRead } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { Copied } from '../shell/copied.js';
import { Facts } from '../shell/facts.js';
import { Failure } from '../shell/failed.js';
import { Waiting } from '../shell/waiting.js';
import { useWords } from '../words/language.js';
import { useErrorWords } from '../words/use-error-words.js';

/** One transaction: what the gateway's index says of it, and what its bytes say, decoded and checked here. */
export default function TransactionPage() {
  const { txId = '' } = useParams();
  const { t } = useWords();
  const { data, error, refetch } = useRead('transactions.get', { id: txId });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const { block } = data;
  // One that this gateway still carries is in no block yet.
  if (typeof block !== 'number') return <Alert type="info" showIcon title={t('chain.underWay')} />;
  return <InBlock block={block} txId={txId} />;
}

function InBlock({ block, txId }: { readonly block: number; readonly txId: string }) {
  const { data, error, refetch } = useRead('blocks.get', { number: block });
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  const row = data?.items.find((each) => each.txId === txId);
  if (row === undefined) return <Waiting />;
  return (
    <Flex vertical gap={16}>
      <Outline row={row} />
      <Decoded row={row} />
    </Flex>
  );
}

type Row = AnswerOf<'blocks.get'>['items'][number];

function Outline({ row }: { readonly row: Row }) {
  const { t, language } = useWords();
  const names = useNames();
  const { txId, block, index, type, code, at, creator } = row;
  const command =
    row.function === null ? type : commandWords(row.function.replace(':', '.'), language);
  const place = (
    <span>
      <BlockLink block={block} /> #{index}
    </span>
  );
  return (
    <Card title={<h2 style={{ margin: 0, fontSize: 18 }}>{t('chain.transaction')}</h2>}>
      <Facts
        facts={[
          [t('table.txId'), <Copied key="txId" text={txId} />],
          [t('table.block'), place],
          [t('table.command'), command],
          [t('table.who'), creator === null ? '' : `${names(creator.mspId)} ${creator.user}`],
          [t('table.at'), at === null ? '' : shanghaiTime(at)],
          [t('table.code'), <CodeTag key="code" code={code} />],
        ]}
      />
    </Card>
  );
}

function NotShown({ error }: { readonly error: Error }) {
  const { t } = useWords();
  const { title } = useErrorWords(error);
  return <Alert type="info" showIcon title={t('chain.notShown')} description={title} />;
}

function Decoded({ row }: { readonly row: Row }) {
  const present = usePresent();
  const { data, error } = useQuery({
    queryKey: [present.session.user, 'decoded', row.txId],
    queryFn: async () => {
      const { decodedTransaction } = await import('../ledger/transaction.js');
      return decodedTransaction(present, row);
    },
    retry: false,
  });
  if (error !== null) return <NotShown error={error} />;
  return data === undefined ? <Waiting /> : <Contents {...data} txId={row.txId} />;
}
