import { delegationProblem, roleWords, type DelegationRecord } from '@yici/domain/model';
import { Flex, Select, Typography } from 'antd';
import { usePages } from '../session/reads.js';
import { usePresent } from '../session/session.js';
import { useWords } from '../words/language.js';

/** The delegations under which the visitor may act now in the place of an absent official (AB岗). */
export function useDelegations(): readonly DelegationRecord[] {
  const { session } = usePresent();
  const { user, department } = session;
  const { items } = usePages<DelegationRecord>('delegations.list', { to: user });
  if (department === null) return [];
  const member = { department: department.id, user, at: new Date().toISOString(), left: [] };
  return items.filter((one) => delegationProblem(one, member) === undefined);
}

interface OfficeChoiceProps {
  /** The delegation; undefined for the own office. */
  readonly under: string | undefined;
  readonly onChange: (under: string | undefined) => void;
}

/** In which office the visitor acts; nothing where that is the own one alone. */
export function OfficeChoice({ under, onChange }: OfficeChoiceProps) {
  const { t, say } = useWords();
  const delegations = useDelegations();
  if (delegations.length === 0) return null;
  const own = { value: '', label: t('office.own') };
  const others = delegations.map(({ delegationId, from, role }) => ({
    value: delegationId,
    label: t('office.for', { user: from, role: say(roleWords[role]), id: delegationId }),
  }));
  return (
    <Flex gap={8} align="center" wrap style={{ marginBottom: 8 }}>
      <Typography.Text>{t('office.label')}</Typography.Text>
      <Select
        aria-label={t('office.label')}
        data-testid="office"
        style={{ minWidth: 280 }}
        value={under ?? ''}
        options={[own, ...others]}
        onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      />
    </Flex>
  );
}
