function range(year: number, from: string, to: string): string[] {
  const days: string[] = [];
  const last = new Date(`${year}-${to}T00:00:00Z`).getTime();
  for (let day = new Date(`${year}-${from}T00:00:00Z`).getTime(); day <= last; day += 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

/** State Council arrangements as the package chinese-days 1.5.7 gives them. */
export const calendars: Readonly<Record<2025 | 2026, { offDays: string[]; makeUpDays: string[] }>> =
  {
    2025: {
      offDays: [
        '2025-01-01',
        ...range(2025, '01-28', '02-04'),
        ...range(2025, '04-04', '04-06'),
        ...range(2025, '05-01', '05-05'),
        ...range(2025, '05-31', '06-02'),
        ...range(2025, '10-01', '10-08'),
      ],
      makeUpDays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
    2026: {
      offDays: [
        ...range(2026, '01-01', '01-03'),
        ...range(2026, '02-15', '02-23'),
        ...range(2026, '04-04', '04-06'),
        ...range(2026, '05-01', '05-05'),
        ...range(2026, '06-19', '06-21'),
        ...range(2026, '09-25', '09-27'),
        ...range(2026, '10-01', '10-07'),
      ],
      makeUpDays: [
        '2026-01-04',
        '2026-02-14',
        '2026-02-28',
        '2026-05-09',
        '2026-09-20',
        '2026-10-10',
      ],
    },
  };
