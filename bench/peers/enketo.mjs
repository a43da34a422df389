// Enketo's evaluator over the DOM of jsdom: an expression a line in, a line of results out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
for (const name of ['XPathResult', 'Node', 'Element', 'Document', 'XPathEvaluator', 'DOMParser', 'Attr', 'Text'])
  globalThis[name] = window[name];
Object.assign(globalThis, { window, document: window.document });
const evaluator = createRequire(import.meta.url)('openrosa-xpath-evaluator')();

const instance = /<instance>([^]*)<\/instance>/.exec(readFileSync(process.argv[2], 'utf8'))[1];
const here = new window.DOMParser().parseFromString(instance, 'text/xml').documentElement;
for await (const line of createInterface({ input: process.stdin })) {
  try {
    const as = (type) => evaluator.evaluate(line, here, null, type);
    console.log(`${as(2).stringValue}\t${as(1).numberValue}\t${as(3).booleanValue}`);
  } catch {
    console.log('!');
  }
}
