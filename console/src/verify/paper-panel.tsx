import { useMutation } from '@tanstack/react-query';
import type { Words } from '@yici/domain/model';
import { Alert, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useSession, type Present } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { AskFor } from './ask-for.js';
import { isPin } from './pin.js';

interface PaperPanelProps {
  readonly pin: string;
  /** As the page's address has it. */
  readonly given: string;
}

/** A paper by what its QR code says, held here against the block that the record is in: `yici paper check`. */
export function PaperPanel({ pin, given }: PaperPanelProps) {
  const { t, say } = useWords();
  const { present } = useSession();
  const [text, setText] = useState(given);
  const { data, error, mutate, reset, isPending } = useMutation({
    mutationFn: async () => present && check(present, pin, text),
  });
  if (present === undefined)
    return <Typography.Text type="secondary">{t('verify.enterFirst')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      <AskFor
        name="paper"
        label={t('verify.paperCode')}
        value={text}
        onChange={setText}
        isBusy={isPending}
        mayAsk={isPin(pin) && text.trim() !== ''}
        onAsk={() => mutate()}
      />
      <Failure error={error} again={reset} />
      {data === undefined ? null : (
        <Alert
          showIcon
          data-testid="paper-proof"
          type={data.length === 0 ? 'success' : 'error'}
          title={t(data.length === 0 ? 'verify.paperHolds' : 'verify.paperFails')}
          description={data.map((each) => (
            <div key={each.en}>{say(each)}</div>
          ))}
        />
      )}
    </Flex>
  );
}

/** What does not agree. @throws PaperError PAPER_CODE_INVALID; ClientError CHECK_FAILED, RECEIPT_REFUSED */
async function check(
  { client, session }: Present,
  genesis: string,
  text: string,
): Promise<Words[]> {
  const [{ codeFindings }, { issuedDigest, parseCode }] = await Promise.all([
    import('@yici/client/web'),
    import('@yici/papers/code'),
  ]);
  return codeFindings({ client, session, genesis }, parseCode(text), issuedDigest);
}
