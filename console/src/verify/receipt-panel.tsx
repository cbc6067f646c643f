import type { ReceiptReport } from '@yici/client/web';
import { useMutation } from '@tanstack/react-query';
import { Alert, Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useSession } from '../session/session.js';
import { Facts } from '../shell/facts.js';
import { Failure } from '../shell/failed.js';
import { FilePick } from '../forms/file-pick.js';
import { useWords } from '../words/language.js';
import { AskFor } from './ask-for.js';
import { isPin } from './pin.js';
import { checkKept, checkShown, type CheckedReceipt } from './receipt.js';

interface ReceiptPanelProps {
  readonly pin: string;
  /** As the page's address has it. */
  readonly given: string;
}

/** One transaction's receipt, from the gateway or from a file, checked here from the genesis hash: `yici tx verify`. */
export function ReceiptPanel({ pin, given }: ReceiptPanelProps) {
  const { t } = useWords();
  const { present } = useSession();
  const [txId, setTxId] = useState(given);
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: async (file: File | undefined) => {
      if (file !== undefined) return checkKept(file, pin);
      return present && checkShown(present, txId.trim(), pin);
    },
  });
  return (
    <Flex vertical gap={16}>
      <AskFor
        name="tx"
        label={t('table.txId')}
        value={txId}
        onChange={setTxId}
        isBusy={isPending}
        mayAsk={isPin(pin) && isPin(txId) && present !== undefined}
        onAsk={() => mutate(undefined)}
      />
      <label>
        {t('verify.receiptFile')}{' '}
        <FilePick
          accept=".json"
          disabled={!isPin(pin)}
          testId="receipt-file"
          onFile={(file) => mutate(file)}
        />
      </label>
      {present === undefined ? (
        <Typography.Text type="secondary">{t('verify.enterFirst')}</Typography.Text>
      ) : null}
      <div data-testid="receipt">
        <Failure error={error} again={reset} />
        {data === undefined ? null : <Proved checked={data} />}
      </div>
    </Flex>
  );
}

function Proved({ checked: { report, proved, notProved } }: { readonly checked: CheckedReceipt }) {
  const { t, say } = useWords();
  return (
    <Card>
      <Flex vertical gap={12}>
        <Alert type="success" showIcon title={t('verify.holds')} />
        <ReceiptFacts report={report} />
        <ul>
          {proved.map((words) => (
            <li key={words.en}>✓ {t('verify.proved', { what: say(words) })}</li>
          ))}
          {notProved.map((words) => (
            <li key={words.en}>○ {t('verify.notProved', { what: say(words) })}</li>
          ))}
        </ul>
      </Flex>
    </Card>
  );
}

function ReceiptFacts({ report }: { readonly report: ReceiptReport }) {
  const { t } = useWords();
  const { txId, channel, block, position, transactions, headerHash, orderers, creator } = report;
  const { endorsers, endorsed, code, basis } = report;
  const facts: readonly (readonly [string, string])[] = [
    [t('table.txId'), txId],
    [t('verify.channel'), channel],
    [t('table.block'), t('verify.place', { block, position, transactions })],
    [t('table.hash'), headerHash],
    [t('verify.orderers'), orderers.join(' ')],
    [t('table.who'), creator === null ? '' : `${creator.user} (${creator.mspId})`],
    [t('table.command'), report.function ?? ''],
    [t('verify.endorsers'), `${endorsers.join(' ')}${endorsed ? '' : ` (${t('verify.ofKeys')})`}`],
    [t('table.code'), `${code.number} ${code.name} · ${t(`verify.bases.${basis}`)}`],
  ];
  return <Facts facts={facts} />;
}
