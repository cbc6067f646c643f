import { Button, Card, Space } from 'antd';
import { takeDemoRole, type DemoRole } from '../../identity/demo-roles.js';
import { useDemoRoles } from '../../shell/demo-banner.js';
import { useWords } from '../../words/language.js';
import type { Entering } from './entering.js';

type DemoRoleName = 'clerk' | 'head' | 'supervisor' | 'admin';

/** Where the gateway is the demo's own: each of its roles by a click. */
export function DemoRoles({ onEnter }: { readonly onEnter: Entering }) {
  const { t, say } = useWords();
  const { data = [] } = useDemoRoles();
  // By the demo's own names: `hrss.clerk1` is the first of the clerks.
  const called = (user: string): string => {
    const [, role, number] = /\.(clerk|head|supervisor|admin)(\d*)$/.exec(user) ?? [];
    return role === undefined ? user : `${t(`demo.roles.${role as DemoRoleName}`)} ${number ?? ''}`;
  };
  const departments = Map.groupBy(data, (role: DemoRole) => role.department.id);
  if (data.length === 0) return null;
  return (
    <Card title={t('demo.choose')}>
      <div className="roles">
        {[...departments.values()].map((roles) => (
          <Card key={roles[0]?.department.id} size="small" title={say(roles[0]?.department.name)}>
            <Space wrap>
              {roles.map(({ user }) => (
                <Button
                  key={user}
                  data-testid={`role-${user}`}
                  size="small"
                  onClick={() => onEnter(takeDemoRole(user), () => t('errors.lost'))}
                >
                  {called(user)}
                </Button>
              ))}
            </Space>
          </Card>
        ))}
      </div>
    </Card>
  );
}
