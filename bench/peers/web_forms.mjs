// ODK Web Forms' engine over the DOM of jsdom: an expression a line in, a line of results out, each from a form of its own.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
for (const name of Object.getOwnPropertyNames(window))
  if (/^(XPath|Node|Element|Document|DOMParser|Attr|Text|XML|HTML|Comment|CDATA|CharacterData|NamedNode|Processing)/.test(name))
    globalThis[name] ??= window[name];
Object.assign(globalThis, { window, document: window.document, location: window.location });
await fetch('data:text/plain,');
Object.defineProperty(process, 'versions', { value: {} }); // the package is built for browsers, and looks whether this is one
const { createInstance } = await import('@getodk/xforms-engine');

const form = readFileSync(process.argv[2], 'utf8');
const quoted = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const wanted = { as_string: (text) => text, as_number: (text) => `number(${text})`, as_boolean: (text) => `boolean(${text})` };
const bind = (name, text) => `<bind nodeset="/data/${name}" type="string" calculate="${quoted(text)}"/>`;
const values = (node) => node.currentState.children?.map((each) => [each.currentState.reference, each.currentState.value]) ?? [];

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const binds = Object.entries(wanted).map(([name, of]) => bind(name, of(line))).join('');
    const nodes = Object.keys(wanted).map((name) => `<${name}/>`).join('');
    const made = await createInstance(form.replace('<meta>', () => `${nodes}<meta>`).replace('</model>', () => `${binds}</model>`), { instance: {} });
    const found = Object.fromEntries(values(made.root));
    console.log(Object.keys(wanted).map((name) => found[`/data/${name}`]).join('\t'));
  } catch {
    console.log('!');
  }
}
