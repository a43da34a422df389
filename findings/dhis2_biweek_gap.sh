#!/bin/sh
# DHIS2's period library (@dhis2/multi-calendar-dates 2.1.2): in years of 53 weeks seven days are in no bi-weekly period.
#
# A year has always 26 bi-weeks. 2020 and 2026 have 53 weeks: 2020BiW26 ends on 27/12/2020 and 2021BiW1 begins on 4/1/2021, so what happened from
# 28/12/2020 to 3/1/2021 can be reported for no bi-week. `getFixedPeriodByDate` names one all the same for such a day, and one that it is not in:
#   30/12/2020   2021BiW1, which begins five days later
#   1/1/2021     2020BiW26, which ended five days before
# Weekly periods have no such gap (2020W53). The same again from 28/12/2026 to 3/1/2027. Seen on 29/11/2026 with Node 20.
# This project's reports are never bi-weekly; whoever sends bi-weekly ones on to DHIS2 loses these days.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null
cat > gap.js <<'JS'
const { generateFixedPeriods, getFixedPeriodByDate } = require('@dhis2/multi-calendar-dates');
const of = (periodType, year) => generateFixedPeriods({ year, calendar: 'gregory', periodType, locale: 'en' });
const at = (date) => getFixedPeriodByDate({ periodType: 'BIWEEKLY', date, calendar: 'gregory', locale: 'en' });
const said = [];
for (const year of [2020, 2026]) {
  const last = of('BIWEEKLY', year).at(-1), next = of('BIWEEKLY', year + 1)[0];
  said.push(`${last.id} ends ${last.endDate}, ${next.id} begins ${next.startDate}; ${of('WEEKLY', year).at(-1).id}`);
}
for (const date of ['2020-12-30', '2021-01-01']) {
  const { id, startDate, endDate } = at(date);
  said.push(`${date} is said to be in ${id}: ${startDate} to ${endDate}`);
}
console.log(said.join('\n'));
JS
said=$(node gap.js)
echo "$said"
[ "$said" = "2020BiW26 ends 2020-12-27, 2021BiW1 begins 2021-01-04; 2020W53
2026BiW26 ends 2026-12-27, 2027BiW1 begins 2027-01-04; 2026W53
2020-12-30 is said to be in 2021BiW1: 2021-01-04 to 2021-01-17
2021-01-01 is said to be in 2020BiW26: 2020-12-14 to 2020-12-27" ]
