import { Alert, Button, Flex, Steps, Typography } from 'antd';
import { Link } from 'react-router';
import { useDemoRoles } from '../../shell/demo-banner.js';
import { useWords } from '../../words/language.js';
import { tourSteps, useTour } from './tour-steps.js';

/** Five minutes: a case from its filing to its proof, on the demo's data where this is a demo. */
export function Tour() {
  const { t } = useWords();
  const { data: roles = [] } = useDemoRoles();
  const { at, go } = useTour();
  return (
    <Flex vertical gap={16}>
      <Typography.Paragraph>{t('help.what')}</Typography.Paragraph>
      {roles.length > 0 ? null : <Alert type="info" showIcon title={t('help.noDemo')} />}
      <Steps
        orientation="vertical"
        current={at}
        items={tourSteps.map(({ name, role, path }, index) => ({
          title: t(`tour.${name}.title`),
          content: (
            <Step
              {...{ name, role, path }}
              {...(index === at && { onDone: () => go(index + 1) })}
            />
          ),
        }))}
      />
      {at >= tourSteps.length ? (
        <Alert
          type="success"
          showIcon
          title={t('help.over')}
          action={<Button onClick={() => go(0)}>{t('help.again')}</Button>}
        />
      ) : null}
    </Flex>
  );
}

interface StepProps extends Pick<(typeof tourSteps)[number], 'name' | 'role' | 'path'> {
  /** Of the step that one is at. */
  readonly onDone?: () => void;
}

function Step({ name, role, path, onDone }: StepProps) {
  const { t } = useWords();
  const { data: roles = [] } = useDemoRoles();
  return (
    <Flex vertical gap={8} align="start" data-testid={`tour-${name}`}>
      <Typography.Text>{t(`tour.${name}.text`)}</Typography.Text>
      {roles.length > 0 ? (
        <Typography.Text type="secondary">{t('help.as', { role })}</Typography.Text>
      ) : null}
      {onDone === undefined ? null : (
        <Flex gap={8}>
          <Link to={path}>{t('help.open')}</Link>
          <Button size="small" data-testid="tour-next" onClick={onDone}>
            {t('help.done')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
