import { caseClockWords, commands } from '@yici/domain/model';
import { useMutation } from '@tanstack/react-query';
import type { CalendarPreview } from '@yici/api';
import { Alert, Button, Flex } from 'antd';
import { Link } from 'react-router';
import { useNames } from '../session/names.js';
import { usePresent } from '../session/session.js';
import { Failure } from '../shell/failed.js';
import { Rows } from '../shell/rows.js';
import { useWords } from '../words/language.js';

/** Which due dates of open cases the calendar would move once it is in force; nothing is written. */
export function CalendarEffects({ input }: { readonly input: unknown }) {
  const { t } = useWords();
  const { client } = usePresent();
  const { input: schema } = commands['calendar.import'];
  const parsed = schema.safeParse(input);
  const { data, error, mutate, reset, isPending } = useMutation({
    mutationFn: () => client.previewCalendar(schema.parse(input)),
  });
  return (
    <Flex vertical gap={8} style={{ marginTop: 12 }}>
      <Button
        style={{ alignSelf: 'start' }}
        data-testid="preview"
        loading={isPending}
        disabled={!parsed.success}
        onClick={() => mutate()}
      >
        {t('calendar.preview')}
      </Button>
      <Failure error={error} again={reset} />
      {data === undefined ? null : <Moved preview={data} />}
    </Flex>
  );
}

function Moved({ preview: { items, count } }: { readonly preview: CalendarPreview }) {
  const { t, say } = useWords();
  const names = useNames();
  return (
    <div data-testid="moved">
      <Alert type="info" showIcon title={t('calendar.moves', { count, shown: items.length })} />
      {items.length === 0 ? null : (
        <Rows
          keyOf={({ caseNo }) => caseNo}
          rows={items}
          columns={[
            [t('table.caseNo'), ({ caseNo }) => <Link to={`/cases/${caseNo}`}>{caseNo}</Link>],
            [t('table.owner'), ({ owner }) => names(owner)],
            [
              t('case.limit'),
              ({ moved }) =>
                moved.map(({ what, step = '', before, after }) => (
                  <div key={`${what} ${step}`}>
                    {say(caseClockWords[what])} {step} {before} → {after}
                  </div>
                )),
            ],
          ]}
        />
      )}
    </div>
  );
}
