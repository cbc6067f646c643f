import { Card, Col, Row, Typography } from 'antd';
import { Link } from 'react-router';
import { registers, type Register } from '../../records/catalogue.js';
import { listName } from '../../records/names.js';
import { useWords } from '../../words/language.js';

/** Where each list belongs; what is in no group is shown last. */
const groups = {
  catalogue: ['matters', 'one-things', 'duties', 'duty-overlaps', 'reviews', 'speed-up'],
  handling: ['cases', 'one-thing-cases', 'inbox', 'inbox/done', 'duty-rulings', 'delegations'],
  sharing: [
    ...['datasets', 'data-topics', 'shares', 'share-clocks', 'unmatched-shares'],
    ...['challenges', 'disputes', 'attestations', 'contests'],
  ],
  supervision: ['cards', 'orders', 'urges', 'evaluations', 'audits'],
  registry: ['departments', 'reforms', 'calendars', 'app-keys', 'delegation-candidates'],
} as const;
type Group = keyof typeof groups | 'others';

const groupOf = ({ collection }: Register): Group => {
  const found = Object.entries<readonly string[]>(groups).find(([, has]) =>
    has.includes(collection),
  );
  // The keys are those of the object itself.
  return (found?.[0] ?? 'others') as Group;
};

/** Every list of the API, with what it holds. */
export default function RecordsPage() {
  const { t } = useWords();
  const all: readonly Group[] = [
    ...(['catalogue', 'handling', 'sharing'] as const),
    ...(['supervision', 'registry', 'others'] as const),
  ];
  return (
    <>
      <Typography.Title level={3}>{t('menu.records')}</Typography.Title>
      <Row gutter={[16, 16]}>
        {all.map((group) => (
          <Col key={group} xs={24} md={12} xl={8}>
            <Card title={t(`records.groups.${group}`)} style={{ height: '100%' }}>
              <ul className="plain-list">
                {registers
                  .filter((register) => groupOf(register) === group)
                  .map((register) => (
                    <Entry key={register.name} register={register} />
                  ))}
              </ul>
            </Card>
          </Col>
        ))}
      </Row>
    </>
  );
}

function Entry({ register }: { readonly register: Register }) {
  const { say } = useWords();
  return (
    <li>
      <Link to={`/records/${register.collection}`}>{listName(say(register.read.summary))}</Link>
    </li>
  );
}
