#!/bin/sh
# ICU 77.1 (Intl.Collator("vi") of Node 20.19.5, CLDR 47) sorts one and the same Vietnamese word into two places, by where its tone is written.
#
# Both spellings of a tone are in use, and often in one list of names: «Hòa» and «Hoà», «Thúy» and «Thuý». CLDR compares tones letter by letter, so
# «Hoà, Hoá, Hòa, Hóa»: the huyền of «Hòa» comes after the sắc of «Hoá», and a list of given names has Hoà and Hòa apart, with Hoá between them.
# In a Vietnamese dictionary a tone is the syllable's: Hoà = Hòa before Hoá = Hóa. Composed or decomposed makes no difference.
# Seen on 29/11/2026. This project sorts by a table of its own, with a syllable's tone as one key (reporting/collation.py).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@20.19.5 >/dev/null
./node_modules/.bin/node -e '
const vi = new Intl.Collator("vi");
const names = ["Hóa", "Hòa", "Hoá", "Hoà", "Hoa"].sort(vi.compare);
console.log(process.versions.icu, process.versions.cldr, names.join(" "));
const order = names.join(" ").normalize("NFC");
const decomposed = ["Hóa", "Hòa", "Hoá", "Hoà", "Hoa"].map(each => each.normalize("NFD")).sort(vi.compare).join(" ").normalize("NFC");
if (order !== "Hoa Hoà Hoá Hòa Hóa" || decomposed !== order) { console.error("changed:", order, decomposed); process.exit(1); }
'
