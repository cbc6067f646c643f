import { reads } from '@yici/api';
import { fieldCode, verdictWords, type AttestationRecord, type Verdict } from '@yici/domain/model';
import { useMutation } from '@tanstack/react-query';
import { Alert, Card, Flex, Tag, Typography } from 'antd';
import { jsonIn } from '../documents/json-in.js';
import { OfDataset } from '../records/dataset.js';
import { Fields, Value } from '../records/value.js';
import { useSession } from '../session/session.js';
import type { Present } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { FilePick } from '../forms/file-pick.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';

interface Field {
  readonly code: string;
  readonly value: string;
  readonly match: boolean;
}

interface Checked {
  readonly record: AttestationRecord;
  readonly verdict: Verdict;
  readonly fields: readonly Field[];
}

/** An attestation by the file of its values, which stays here: `yici attestation verify --disclosure`. */
export function AttestationPanel() {
  const { t } = useWords();
  const { present } = useSession();
  const { data, error, mutate, reset } = useMutation({
    mutationFn: async (file: File) => present && check(present, file),
  });
  if (present === undefined)
    return <Typography.Text type="secondary">{t('verify.enterFirst')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      <label>
        {t('verify.disclosure')}{' '}
        <FilePick accept=".json" testId="disclosure" onFile={(file) => mutate(file)} />
      </label>
      <Failure error={error} again={reset} />
      {data === undefined ? null : <Judged checked={data} />}
    </Flex>
  );
}

/** @throws ConsoleError NOT_A_DISCLOSURE */
async function check({ client }: Present, file: File): Promise<Checked> {
  const { disclosureSchema, matchDisclosure, verdictOf } = await import('@yici/client/web');
  const { notDisclosure } = await import('../signing/sealed-values.js');
  const given = disclosureSchema.safeParse(jsonIn(await file.text())).data;
  if (given === undefined) throw notDisclosure();
  const { attestationId } = given;
  const record = await client.read('attestations.get', { attestationId });
  const matches = new Map(
    matchDisclosure(given, record.fields).map((one) => [one.code, one.match]),
  );
  return {
    record,
    verdict: verdictOf(record, new Date().toISOString()),
    fields: given.fields.map(({ code, value }) => ({
      ...{ code, value, match: matches.get(code) === true },
    })),
  };
}

function Judged({ checked: { record, verdict, fields } }: { readonly checked: Checked }) {
  const { t, say } = useWords();
  const holds = verdict === 'valid' && fields.every(({ match }) => match);
  return (
    <OfDataset about={record}>
      <Card data-testid="attested">
        <Flex vertical gap={12}>
          <Alert
            showIcon
            type={holds ? 'success' : 'error'}
            title={`${record.attestationId} ${say(verdictWords[verdict])}`}
            description={t('verify.attestationBounds')}
          />
          <Rows
            keyOf={({ code }) => code}
            rows={fields}
            columns={[
              [
                t('values.field'),
                ({ code }) => <Value name="code" value={code} schema={fieldCode} />,
              ],
              [t('verify.value'), ({ value }) => value],
              [
                t('verify.verdict'),
                ({ match }) => (
                  <Tag color={match ? 'success' : 'error'}>
                    {t(match ? 'verify.matches' : 'verify.differs')}
                  </Tag>
                ),
              ],
            ]}
          />
          <Fields of="attestations" value={record} schema={reads['attestations.get'].answer} />
        </Flex>
      </Card>
    </OfDataset>
  );
}
