#!/bin/sh
# Makes dhis2_periods.csv beside it anew: periods as DHIS2's own library for JavaScript names them (@dhis2/multi-calendar-dates 2.1.2, calendar
# iso8601), from 2015 to 2032. Of weeks the first two and the last two of each year, of days those around years' and Februaries' ends.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null
cat > table.js <<'JS'
const { generateFixedPeriods } = require('@dhis2/multi-calendar-dates');
const of = (periodType, year) => generateFixedPeriods({ year, calendar: 'iso8601', periodType, locale: 'en', yearsCount: 1 });
const ends = (found) => [...found.slice(0, 2), ...found.slice(-2)];
const edges = (found) => found.filter(({ id }) => /(0101|0228|0229|0301|1231)$/.test(id));
const types = {
  daily: 'DAILY', weekly: 'WEEKLY', 'weekly-wednesday': 'WEEKLYWED', 'weekly-thursday': 'WEEKLYTHU', 'weekly-friday': 'WEEKLYFRI',
  'weekly-saturday': 'WEEKLYSAT', 'weekly-sunday': 'WEEKLYSUN', monthly: 'MONTHLY', quarterly: 'QUARTERLY', 'half-yearly': 'SIXMONTHLY',
  yearly: 'YEARLY', 'yearly-february': 'FYFEB', 'yearly-april': 'FYAPR', 'yearly-july': 'FYJUL', 'yearly-august': 'FYAUG',
  'yearly-september': 'FYSEP', 'yearly-october': 'FYOCT', 'yearly-november': 'FYNOV',
};
console.log('kind,id,first,last');
for (const [kind, type] of Object.entries(types)) {
  for (let year = 2015; year <= 2032; year++) {
    const all = of(type, year).filter(({ id }) => id.startsWith(String(year)));
    const found = kind === 'daily' ? edges(all) : kind.startsWith('weekly') ? ends(all) : all;
    for (const { id, startDate, endDate } of found) console.log([kind, id, startDate, endDate].join(','));
  }
}
JS
node table.js > "$here/dhis2_periods.csv"
