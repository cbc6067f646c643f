/**
 * Calendar days as numbers: days since 1970-01-01. Integer arithmetic only (the proleptic Gregorian calendar by
 * 400-year eras), so that no peer's time zone or locale data has a say.
 */

/** The number of a day `YYYY-MM-DD`. */
export function dayNumber(date: string): number {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day `YYYY-MM-DD` of a number. */
export function dateOfDay(number: number): string {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** The day before or after, by whole days. */
export function shiftDate(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** The same day of another year; of 29 February, in a year without one, 1 March. */
export function yearsAfter(date: string, years: number): string {
  return dateOfDay(dayNumber(`${digits(yearOf(date) + years, 4)}${date.slice(4)}`));
}

export function isWeekend(date: string): boolean {
  // 1970-01-01 was a Thursday: Saturday and Sunday are the days 2 and 3 after it, modulo 7.
  const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

const hoursAheadOfUtc = 8;

/** The day in Asia/Shanghai of an instant (`YYYY-MM-DDTHH:mm:ss.sssZ`): UTC+8 all year since 1991. */
export function shanghaiDate(at: string): string {
  const hour = Number(at.slice(11, 13));
  const day = at.slice(0, 10);
  return hour + hoursAheadOfUtc >= 24 ? shiftDate(day, 1) : day;
}

/** The instant that many minutes after another (`YYYY-MM-DDTHH:mm:ss.sssZ`). */
export function minutesAfter(at: string, minutes: number): string {
  const all = Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16)) + minutes;
  const day = shiftDate(at.slice(0, 10), Math.floor(all / minutesOfDay));
  const rest = all % minutesOfDay;
  return `${day}T${digits(Math.floor(rest / 60), 2)}:${digits(rest % 60, 2)}${at.slice(16)}`;
}

const minutesOfDay = 24 * 60;

/** The later of two instants of one format. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

function digits(value: number, width: number): string {
  return value.toString().padStart(width, '0');
}
