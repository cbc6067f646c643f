import { Descriptions, type DescriptionsProps } from 'antd';
import type { ReactNode } from 'react';

interface FactsProps extends Pick<DescriptionsProps, 'bordered' | 'column'> {
  readonly facts: readonly (readonly [label: string, what: ReactNode])[];
}

/** What is known of one thing, a line for each. */
export function Facts({ facts, column = 1, bordered = false }: FactsProps) {
  return (
    <Descriptions
      {...{ column, bordered }}
      size="small"
      items={facts.map(([label, children], key) => ({ key, label, children }))}
    />
  );
}
